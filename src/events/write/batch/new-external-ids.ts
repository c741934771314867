import type { EventRecord } from '../../model/event-record.js';
import type { BatchedPatch } from './batched-patch.js';

/** The external ids that events have after all patches of a batch. */
export class NewExternalIds {
  /** Those that the patches set, by event; null: the event loses its external id. */
  private readonly byEvent: ReadonlyMap<number, string | null>;
  /** The place of the patch that sets the external id of each event. */
  private readonly places = new Map<number, number>();
  /** The event that gets each external id: the first of those that claim it. */
  private readonly owners = new Map<string, number>();

  constructor(private readonly patches: readonly Pick<BatchedPatch, 'id' | 'patch'>[]) {
    const byEvent = new Map<number, string | null>();
    for (const [place, { id, patch }] of patches.entries()) {
      if (patch.externalId === undefined) continue;
      byEvent.set(id, patch.externalId);
      this.places.set(id, place);
    }
    for (const [id] of [...this.places].toSorted(([, a], [, b]) => a - b)) {
      const externalId = byEvent.get(id) ?? null;
      if (externalId !== null && !this.owners.has(externalId)) this.owners.set(externalId, id);
    }
    this.byEvent = byEvent;
  }

  /** Those of `byEvent` that the events do not have yet. */
  changedFrom(
    events: ReadonlyMap<number, Pick<EventRecord, 'externalId'>>,
  ): ReadonlyMap<number, string | null> {
    return new Map([...this.byEvent].filter(([id, externalId]) => events.get(id)?.externalId !== externalId));
  }

  get values(): string[] {
    return [...this.owners.keys()];
  }

  /**
   * Whether the patch at `place` sets an external id that another event has after all patches. If two patches set the same
   * one, the second is refused.
   * @param holders the events that have the external ids before all patches
   */
  isTaken(place: number, holders: ReadonlyMap<string, number>): boolean {
    const { id, patch } = this.patches[place];
    if (typeof patch.externalId !== 'string' || this.places.get(id) !== place) return false;
    const holder = holders.get(patch.externalId) ?? id;
    return this.owners.get(patch.externalId) !== id || (holder !== id && !this.byEvent.has(holder));
  }
}
