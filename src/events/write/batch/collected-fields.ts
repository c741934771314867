import type { EventFields } from '../../model/event-record.js';
import type { ChangedEventsRepository } from '../../store/batch/changed-events.repository.js';
import type { FieldWriter } from '../change-resources.js';

/** Collects new fields of events, and writes those of all events at once. */
export class CollectedFields implements FieldWriter {
  private readonly collected = new Map<number, Partial<EventFields>>();

  constructor(private readonly events: ChangedEventsRepository) {}

  /** External ids are left out: the batch sets them last. */
  async change(id: number, given: Partial<EventFields>): Promise<void> {
    const { externalId: _externalId, ...fields } = given;
    // Each change raises the version.
    if (this.collected.has(id)) await this.write();
    this.collected.set(id, fields);
  }

  /** Writes the fields that are not written yet. */
  async write(): Promise<void> {
    const changes = [...this.collected].map(([id, fields]) => ({ id, fields }));
    this.collected.clear();
    await this.events.changeAll(changes);
  }
}
