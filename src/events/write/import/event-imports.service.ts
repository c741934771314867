import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { notFound } from '../../../errors/domain-error.js';
import type { EventRecord } from '../../model/event-record.js';
import { EventsService } from '../../read/events.service.js';
import { EventUids } from '../../read/uids/event-uids.service.js';
import { ChangedEventsRepository } from '../../store/batch/changed-events.repository.js';
import { EventContentsRepository, type KeptOfEvent } from '../../store/contents/event-contents.repository.js';
import { ImportedEventsRepository } from '../../store/import/imported-events.repository.js';
import { EventUidsRepository } from '../../store/uids/event-uids.repository.js';
import { ChangeConclusion } from '../change-conclusion.js';
import { ChangeResources } from '../change-resources.js';
import { deleteEvents } from '../delete-event.js';
import { NewSeriesRows } from '../new-series-rows.js';
import type { ImportedRecords, ImportTarget } from './imported-records.js';
import { replaceImported } from './replace-imported.js';

/** An event that an import has found by its UID. */
export interface FoundEvent {
  readonly event: EventRecord;
  readonly kept: KeptOfEvent;
}

interface ReplaceStep {
  readonly kind: 'replace';
  readonly found: FoundEvent;
  readonly records: ImportedRecords;
}

/** What an import does with one event of a file. */
export type ImportStep =
  | { readonly kind: 'create'; readonly records: ImportedRecords }
  | ReplaceStep
  | { readonly kind: 'move'; readonly found: FoundEvent }
  | { readonly kind: 'keep'; readonly found: FoundEvent };

/** So many events tell PostgreSQL enough about the tables of events. */
const ANALYSED_EVENTS = 100;

/**
 * Writes events of files. No step refuses because of a conflict. No step invites anybody, and none books a room.
 */
@Injectable()
export class EventImports {
  constructor(
    private readonly rows: NewSeriesRows,
    private readonly imported: ImportedEventsRepository,
    private readonly changedEvents: ChangedEventsRepository,
    private readonly uids: EventUidsRepository,
    private readonly eventUids: EventUids,
    private readonly contents: EventContentsRepository,
    private readonly events: EventsService,
    private readonly resources: ChangeResources,
    private readonly conclusion: ChangeConclusion,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Runs `work` in a transaction of its own, or in a savepoint of the running one. Other imports of the user wait. If `work`
   * fails, nothing that it has written stays.
   */
  async apart<T>(userId: number, work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.runApart([`imports of user ${userId}`], async () => {
      await this.imported.lockImportsOf(userId);
      return work();
    });
  }

  /** The events of the user that have one of the UIDs, by UID: those of the user, and those that the user attends. */
  async byUid(
    { userId, namespace }: ImportTarget,
    uids: readonly string[],
  ): Promise<Map<string, FoundEvent>> {
    const tenantUids = await this.eventUids.ofTenant();
    const derived = namespace === 0 ? uids.flatMap((uid) => tenantUids.eventIdOf(uid) ?? []) : [];
    const rows = await this.uids.eventsOf(userId, namespace, uids, derived);
    if (rows.length === 0) return new Map();
    const ids = rows.map(({ id }) => id);
    const found = await this.withIds(ids);
    const byUid = new Map<string, FoundEvent>();
    // The event of the user wins over one that the user attends.
    const own = rows.toSorted((a, b) => Number(b.ownerId === userId) - Number(a.ownerId === userId));
    for (const { id, uid } of own) {
      const name = uid ?? tenantUids.derived(id);
      const event = found.get(id);
      if (event && !byUid.has(name)) byUid.set(name, event);
    }
    // A UUID may be written in upper case.
    for (const uid of uids) {
      const event = byUid.get(uid.toLowerCase());
      if (!byUid.has(uid) && event?.kept.uid === null) byUid.set(uid, event);
    }
    return byUid;
  }

  /** The ids of all events of a namespace of UIDs. */
  async idsIn({ userId, namespace }: ImportTarget): Promise<number[]> {
    return this.uids.idsIn(userId, namespace);
  }

  /** Those of the events that exist, by id. */
  async withIds(ids: readonly number[]): Promise<Map<number, FoundEvent>> {
    const [events, kept] = [await this.events.byId(ids), await this.contents.of(ids)];
    return new Map(
      [...events].flatMap(([id, event]) => {
        const content = kept.get(id);
        return content ? [[id, { event, kept: content }] as const] : [];
      }),
    );
  }

  /** Writes the steps, in few statements for all of them. @returns the ids */
  async write(target: ImportTarget, steps: readonly ImportStep[]): Promise<number[]> {
    const created = steps.flatMap((step) => (step.kind === 'create' ? [step.records] : []));
    const createdIds = created.length === 0 ? [] : await this.rows.insert(created);
    if (created.length >= ANALYSED_EVENTS) await this.imported.analyseNewTables();
    this.conclusion.announce([{ eventIds: createdIds }]);
    await this.replace(
      target,
      steps.flatMap((step) => (step.kind === 'replace' ? [step] : [])),
    );
    await this.move(
      target,
      steps.flatMap((step) => (step.kind === 'move' ? [step.found.event.id] : [])),
    );
    const next = createdIds.values();
    return steps.map((step) =>
      step.kind === 'create' ? (next.next().value as number) : step.found.event.id,
    );
  }

  /** Deletes events of the user. */
  async delete(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    await this.resources.events.lockAll(ids);
    this.conclusion.announce([await deleteEvents(ids, this.resources)]);
  }

  private async replace(target: ImportTarget, steps: readonly ReplaceStep[]): Promise<void> {
    if (steps.length === 0) return;
    const byId = new Map(steps.map((step) => [step.found.event.id, step] as const));
    // Two UIDs of a file that differ in case alone may be those of one event. Each replacement raises its version.
    const repeated = steps.filter((step) => byId.get(step.found.event.id) !== step);
    await this.replace(target, repeated);
    const ids = [...byId.keys()];
    await this.resources.events.lockAll(ids);
    const current = await this.events.byId(ids);
    const replacements = [...byId].map(([id, { records }]) => {
      const event = current.get(id);
      if (!event) throw notFound('event', id);
      return { event, records };
    });
    const { resources, imported, rows, changedEvents } = this;
    const written = await replaceImported(replacements, target, { resources, imported, rows, changedEvents });
    await this.conclusion.concludeUnbooked(written);
  }

  private async move({ userId, calendarId }: ImportTarget, repeated: readonly number[]): Promise<void> {
    if (calendarId === null || repeated.length === 0) return;
    const ids = [...new Set(repeated)];
    await this.resources.events.lockAll(ids);
    await this.resources.entries.putInto(ids, userId, calendarId);
    await this.changedEvents.changeAll(ids.map((id) => ({ id, fields: {} })));
    this.conclusion.announce([{ eventIds: ids }]);
  }
}
