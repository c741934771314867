import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { refuseExternalIdOfPerson } from '../../../access/key-access.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { DomainError, notFound } from '../../../errors/domain-error.js';
import { acceptMembers, forMember, inList, type Members } from '../../../errors/name-refusal.js';
import { Precondition } from '../../../platform/precondition.js';
import { externalIdTaken } from '../../../platform/values/external-id.js';
import { type BookedEventView, type CreatedEventView, withBookedTime } from '../../model/booked-event.js';
import { refusePatchBeyondLimits } from '../../model/command-limits.js';
import type { NewEvent } from '../../model/commands.js';
import { MAX_ATTENDEES_IN_BATCH } from '../../model/event-limits.js';
import type { EventRecord } from '../../model/event-record.js';
import { EventViewsService } from '../../read/event-views.service.js';
import { EventsService } from '../../read/events.service.js';
import { ChangedEventsRepository } from '../../store/batch/changed-events.repository.js';
import type { DeclinedStarts } from '../../store/remembered-declines.repository.js';
import { ChangeAccess } from '../change-access.js';
import { ChangeConclusion } from '../change-conclusion.js';
import { ChangeResources } from '../change-resources.js';
import { deleteEvents } from '../delete-event.js';
import type { WrittenChange } from '../event-change.js';
import { asNewSeries } from '../new-series-records.js';
import { patchEvent } from '../patch-event.js';
import { SeriesStore } from '../series-store.js';
import { changesOf } from '../turn-subjects.js';
import type { BatchedPatch } from './batched-patch.js';
import { CollectedFields } from './collected-fields.js';
import { NewExternalIds } from './new-external-ids.js';

/** The name of a command in a refusal. */
export const REQUESTS = inList('requests');

/** The name of an id in a refusal. */
export const IDS = inList('ids');

/**
 * Makes changes of many events in one transaction: all of them, or none. The access to each is that of the single
 * change. Rows are locked in the order of their ids, so that two batches never wait for each other. A refusal is that of
 * the first member that is refused, and names it. Conflicts are judged last, after all members are applied.
 */
@Injectable()
export class EventBatchWriter {
  constructor(
    private readonly resources: ChangeResources,
    private readonly series: SeriesStore,
    private readonly access: ChangeAccess,
    private readonly conclusion: ChangeConclusion,
    private readonly changedEvents: ChangedEventsRepository,
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
  async createAll(events: Members<NewEvent>): Promise<CreatedEventView[]> {
    refuseMoreAttendees(
      events.accepted.map(
        ({ invitedUserIds, invitedRoomIds, invited }) =>
          invitedUserIds.length + invitedRoomIds.length + invited.length + 1,
      ),
    );
    return this.series.storeAll(acceptMembers(REQUESTS, events, asNewSeries), REQUESTS);
  }

  /**
   * Changes events as a whole. A second change of one event sees the first.
   * @returns the events after all changes, in the order of the commands
   * @throws {DomainError} as `EventWriter.patch`; limit-exceeded `too_many_attendees`
   * @throws {UnauthenticatedError}
   */
  async patchAll(members: Members<BatchedPatch>): Promise<BookedEventView[]> {
    const { accepted: patches, refusal } = acceptMembers(REQUESTS, members, (member) => {
      refuseExternalIdOfPerson(this.currentActor.get(), member.patch.externalId);
      refusePatchBeyondLimits(member.patch);
      return member;
    });
    refuseMoreAttendees(
      patches.map(({ patch: { invitedUserIds = [], invitedRoomIds = [], invited = [] } }) =>
        [invitedUserIds, invitedRoomIds, invited].reduce((sum, { length }) => sum + length, 0),
      ),
    );
    return this.change(
      patches.map(({ id }) => id),
      async (found) => {
        refuseMoreAttendees(
          [...found.values()].map(({ attendees, guests }) => attendees.length + guests.length),
        );
        const written = await this.writeAll(patches, found);
        if (refusal) throw refusal;
        const outcomes = await this.conclusion.concludeAll(written, REQUESTS);
        const views = await this.views.viewsOf(outcomes.map(({ event }) => event));
        return outcomes.map((outcome, index) => withBookedTime(views[index], outcome));
      },
    );
  }

  /**
   * Deletes events. An id that comes twice is refused: the second deletion finds no event.
   * @throws {DomainError} as `EventWriter.delete` @throws {UnauthenticatedError}
   */
  async deleteAll({ accepted: ids, refusal }: Members<number>): Promise<void> {
    await this.change(ids, async (found) => {
      const left = new Map(found);
      const readOnly = await this.access.readOnlyOf(found.values());
      for (const [index, id] of ids.entries()) {
        await forMember(IDS, index, async () =>
          this.access.expect(eventIn(left, id), Precondition.NONE, {}, readOnly),
        );
        left.delete(id);
      }
      if (refusal) throw refusal;
      this.conclusion.announce([await deleteEvents(ids, this.resources)]);
    });
  }

  /**
   * Writes the patches in their order. The fields of all events are written together, and external ids last, so that two
   * events can exchange them.
   */
  private async writeAll(
    patches: readonly BatchedPatch[],
    found: ReadonlyMap<number, EventRecord>,
  ): Promise<WrittenChange[]> {
    const externalIds = new NewExternalIds(patches);
    const holders = await this.changedEvents.holdersOf(externalIds.values);
    const fields = new CollectedFields(this.changedEvents);
    const changedIds = new Set<number>();
    const declined = await this.declinedBefore(patches, changedIds);
    const resources = { ...this.resources, fields, declined };
    const readOnly = await this.access.readOnlyOf(found.values());
    const written: WrittenChange[] = [];
    for (const [index, { id, precondition, patch }] of patches.entries()) {
      // The second change of an event reads what the first has written.
      if (changedIds.has(id)) await fields.write();
      const current = changedIds.has(id) ? await this.events.byId([id]) : found;
      const patched = async () => {
        const event = eventIn(current, id);
        await this.access.expect(event, precondition, patch, readOnly);
        const change = await patchEvent(patch)(event, resources);
        if (externalIds.isTaken(index, holders)) throw externalIdTaken('event');
        return change;
      };
      written.push(await forMember(REQUESTS, index, patched));
      changedIds.add(id);
    }
    await fields.write();
    await this.changedEvents.setExternalIds(externalIds.changedFrom(found));
    return written;
  }

  /**
   * Reads the declined occurrences of all events whose schedule changes, in one statement.
   * @param changedIds the events that are changed already, whose declines may have changed too
   */
  private async declinedBefore(
    patches: readonly BatchedPatch[],
    changedIds: ReadonlySet<number>,
  ): Promise<DeclinedStarts> {
    const { declines } = this.resources;
    const movedIds = patches.flatMap(({ id, patch }) => (patch.schedule === undefined ? [] : [id]));
    const before = movedIds.length === 0 ? new Map() : await declines.originalStartsOf(movedIds);
    return {
      originalStarts: async (id) =>
        changedIds.has(id) ? declines.originalStarts(id) : (before.get(id) ?? []),
    };
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
