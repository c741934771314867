import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { refuseExternalIdOfPerson } from '../../../access/key-access.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { DomainError, notFound } from '../../../errors/domain-error.js';
import { forMember, inList, mapMembers } from '../../../errors/name-refusal.js';
import { Precondition } from '../../../platform/precondition.js';
import type { BookedEventView, CreatedEventView } from '../../model/booked-event.js';
import { refusePatchBeyondLimits } from '../../model/command-limits.js';
import type { EventPatch, NewEvent } from '../../model/commands.js';
import { MAX_ATTENDEES_IN_BATCH } from '../../model/event-limits.js';
import type { EventRecord } from '../../model/event-record.js';
import { EventViewsService } from '../../read/event-views.service.js';
import { EventsService } from '../../read/events.service.js';
import { ChangeAccess } from '../change-access.js';
import { ChangeConclusion } from '../change-conclusion.js';
import { ChangeResources } from '../change-resources.js';
import type { WrittenChange } from '../event-change.js';
import { asNewSeries } from '../new-series-records.js';
import { patchEvent } from '../patch-event.js';
import { SeriesStore } from '../series-store.js';
import { changesOf } from '../turn-subjects.js';

/** A change of one event in a batch. */
export interface BatchedPatch {
  readonly id: number;
  readonly precondition: Precondition;
  readonly patch: EventPatch;
}

/** The name of a command in a refusal. */
export const REQUESTS = inList('requests');

const IDS = inList('ids');

/**
 * Makes changes of many events in one transaction: all of them, or none. The access to each is that of the single
 * change. Rows are locked in the order of their ids, so that two batches never wait for each other. A refusal is that of
 * the first member that is refused, and names it.
 */
@Injectable()
export class EventBatchWriter {
  constructor(
    private readonly resources: ChangeResources,
    private readonly series: SeriesStore,
    private readonly access: ChangeAccess,
    private readonly conclusion: ChangeConclusion,
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Creates events, with all their invites.
   * @returns the events, in the order of the commands
   * @throws {DomainError} as `EventWriter.create`; limit-exceeded `too_many_attendees`
   * @throws {UnauthenticatedError}
   */
  async createAll(events: readonly NewEvent[]): Promise<CreatedEventView[]> {
    refuseMoreAttendees(
      events.map(({ invitedUserIds, invited }) => invitedUserIds.length + invited.length + 1),
    );
    return this.series.storeAll(events.map(asNewSeries), REQUESTS);
  }

  /**
   * Changes events as a whole. A second change of one event sees the first.
   * @returns the events after all changes, in the order of the commands
   * @throws {DomainError} as `EventWriter.patch`; limit-exceeded `too_many_attendees`
   * @throws {UnauthenticatedError}
   */
  async patchAll(patches: readonly BatchedPatch[]): Promise<BookedEventView[]> {
    mapMembers(REQUESTS, patches, ({ patch }) => refusePatchBeyondLimits(patch));
    refuseMoreAttendees(
      patches.map(({ patch }) => (patch.invitedUserIds?.length ?? 0) + (patch.invited?.length ?? 0)),
    );
    return this.change(
      patches.map(({ id }) => id),
      async (found) => {
        refuseMoreAttendees(
          [...found.values()].map(({ attendees, guests }) => attendees.length + guests.length),
        );
        const written: WrittenChange[] = [];
        const changedIds = new Set<number>();
        for (const [index, member] of patches.entries()) {
          const { id } = member;
          // The second change of an event reads what the first has written.
          const current = changedIds.has(id) ? await this.events.byId([id]) : found;
          written.push(await forMember(REQUESTS, index, async () => this.patch(member, current)));
          changedIds.add(id);
        }
        const outcomes = await this.conclusion.concludeAll(written, REQUESTS);
        const views = await this.views.viewsOf(outcomes.map(({ event }) => event));
        return outcomes.map(({ conflicts }, index) => ({ view: views[index], conflicts }));
      },
    );
  }

  /**
   * Deletes events. An id that comes twice is refused: the second deletion finds no event.
   * @throws {DomainError} as `EventWriter.delete` @throws {UnauthenticatedError}
   */
  async deleteAll(ids: readonly number[]): Promise<void> {
    await this.change(ids, async (found) => {
      const left = new Map(found);
      for (const [index, id] of ids.entries()) {
        await forMember(IDS, index, async () => this.access.expect(eventIn(left, id), Precondition.NONE));
        left.delete(id);
      }
      await this.resources.events.deleteAll(ids);
    });
  }

  /** Runs a change of locked events, with those of them that exist. */
  private async change<T>(
    ids: readonly number[],
    work: (found: ReadonlyMap<number, EventRecord>) => Promise<T>,
  ): Promise<T> {
    return this.unitOfWork.runInTurn([...new Set(ids)].map(changesOf), async () => {
      await this.resources.events.lockAll(ids);
      return work(await this.events.byId(ids));
    });
  }

  private async patch(
    { id, precondition, patch }: BatchedPatch,
    found: ReadonlyMap<number, EventRecord>,
  ): Promise<WrittenChange> {
    const event = eventIn(found, id);
    refuseExternalIdOfPerson(this.currentActor.get(), patch.externalId);
    await this.access.expect(event, precondition);
    return patchEvent(patch)(event, this.resources);
  }
}

/** @throws {DomainError} not-found `event_not_found` */
function eventIn(events: ReadonlyMap<number, EventRecord>, id: number): EventRecord {
  const event = events.get(id);
  if (!event) throw notFound('event', id);
  return event;
}

/** @throws {DomainError} limit-exceeded `too_many_attendees` */
function refuseMoreAttendees(counts: readonly number[]): void {
  if (counts.reduce((sum, count) => sum + count, 0) <= MAX_ATTENDEES_IN_BATCH) return;
  const detail = `The events of a batch have at most ${MAX_ATTENDEES_IN_BATCH} attendees together: send several batches.`;
  throw new DomainError('limit-exceeded', 'too_many_attendees', detail);
}
