import { Injectable } from '@nestjs/common';
import { formatCivilTime } from '../../calendar/time/civil-time.js';
import type { When } from '../../calendar/time/when.js';
import { notFound } from '../../errors/domain-error.js';
import { type NameRefusal, UNNAMED } from '../../errors/name-refusal.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import type { AnsweredInvite } from '../model/attendance/invite-record.js';
import { answerTo } from '../model/attendance/participation.js';
import { type BookedEventView, notSearched, toAttendedEvent, withBookedTime } from '../model/booked-event.js';
import type { EventView } from '../model/event.policy.js';
import type { EventRecord, PartialEventRecord } from '../model/event-record.js';
import { findOccurrence } from '../model/original-start.js';
import { EventsRepository } from '../store/events.repository.js';
import { ConflictDetailsService } from './conflicts/conflict-details.service.js';
import { EventViewsService } from './event-views.service.js';
import { RoomWarningsService } from './rooms/room-warnings.service.js';

/** Reads single events. */
@Injectable()
export class EventsService {
  constructor(
    private readonly events: EventsRepository,
    private readonly views: EventViewsService,
    private readonly conflicts: ConflictsService,
    private readonly conflictDetails: ConflictDetailsService,
    private readonly roomWarnings: RoomWarningsService,
    private readonly occurrences: OccurrencesService,
  ) {}

  /**
   * The event as the current actor sees it.
   * @throws {DomainError} not-found `event_not_found`
   */
  async see(id: number): Promise<EventView> {
    const view = await this.views.viewIfVisible(await this.get(id));
    if (view === null) throw notFound('event', id);
    return view;
  }

  /** The event as the current actor sees it; null if the actor does not see the event. */
  async seeIfVisible(id: number): Promise<EventView | null> {
    const event = await this.events.withId(id);
    return event && this.views.viewIfVisible(event);
  }

  /**
   * An event as its creator sees it, for a repeat of the request that created it. Until the event changes, the creator
   * sees its details, as at creation. Conflicts name attendees, so a caller who sees the times alone gets none.
   * @throws {DomainError} not-found `event_not_found`
   */
  async seeCreated(id: number): Promise<BookedEventView> {
    const [seen] = await this.seeBooked([id], UNNAMED);
    return seen;
  }

  /**
   * The same for several events, in a number of statements that does not depend on their number.
   * @throws {DomainError} not-found `event_not_found`, of the first event that is not found, named by `name`
   */
  async seeBooked(ids: readonly number[], name: NameRefusal): Promise<BookedEventView[]> {
    const byId = await this.byId(ids);
    const visible = await this.views.visibleAmong([...byId.values()]);
    const events = ids.map((id, index) => {
      const event = byId.get(id);
      if (!event || !visible.has(event)) throw name(index, notFound('event', id));
      return event;
    });
    const seen = await this.views.viewsOfRepeated(events);
    const shown = events.filter((_, index) => seen[index].details);
    const conflicts = await this.conflicts.findAll(shown.map(toAttendedEvent));
    const explained = await this.conflictDetails.explainAll(
      shown.map(({ id }, index) => ({ eventId: id, ...conflicts[index] })),
    );
    const warnings = await this.roomWarnings.ofAll(shown);
    return events.map((event, index) => {
      const place = shown.indexOf(event);
      const found = explained[place] ?? notSearched(event);
      return withBookedTime(seen[index], { ...found, skipped: null, warnings: warnings[place] ?? [] });
    });
  }

  /**
   * The event. Does not check whether the current actor may see it.
   * @throws {DomainError} not-found `event_not_found`
   */
  async get(id: number): Promise<EventRecord> {
    const event = await this.events.withId(id);
    if (!event) throw notFound('event', id);
    return event;
  }

  /** Those of the events that exist, by id. Does not check whether the current actor may see them. */
  async byId(ids: readonly number[]): Promise<ReadonlyMap<number, EventRecord>> {
    return new Map((await this.events.withIds(ids)).map((event) => [event.id, event]));
  }

  /**
   * The event with those attendees alone who are among these users. Does not check access.
   * @throws {DomainError} not-found `event_not_found`
   */
  async withAttendees(id: number, userIds: readonly number[]): Promise<PartialEventRecord> {
    const event = await this.events.withAttendees(id, userIds);
    if (!event) throw notFound('event', id);
    return event;
  }

  /**
   * The fields of an invite that the answer to one occurrence sets; the original start alone, if there is no answer.
   * @throws {DomainError} invalid; not-found `occurrence_not_found`
   */
  answerTo(
    event: PartialEventRecord,
    { userId, inviteId }: Pick<AnsweredInvite, 'userId' | 'inviteId'>,
    originalStart: When,
  ): Partial<AnsweredInvite> {
    const occurrence = findOccurrence(event, originalStart, this.occurrences);
    const key = formatCivilTime(occurrence.originalCivilStart);
    const answer =
      userId === null
        ? event.guestAnswers.find((each) => each.inviteId === inviteId && each.originalStart === key)
        : answerTo(event, userId, key);
    return {
      originalStart: { allDay: event.allDay, timeZone: event.timeZone, instant: occurrence.originalStart },
      ...(answer && { status: answer.status, comment: answer.comment }),
    };
  }

  /** Makes other changes of the event wait until the running transaction ends. */
  async lock(id: number): Promise<void> {
    await this.events.lock(id);
  }
}
