import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { mayArrangeCalendarsOf } from '../../calendars/model/calendar.policy.js';
import { ReadOnlyCalendars } from '../../calendars/read/read-only-calendars.service.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { notFound } from '../../errors/domain-error.js';
import type { Precondition } from '../../platform/precondition.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { toEventOfAttendee, withoutUnansweredTime } from '../model/booked-event.js';
import { calendarOfAttendee, type EventView } from '../model/event.policy.js';
import type { PartialEventRecord } from '../model/event-record.js';
import { EventViewsService } from '../read/event-views.service.js';
import { EventsService } from '../read/events.service.js';
import { CalendarEntriesRepository } from '../store/calendars/calendar-entries.repository.js';
import { EventsRepository } from '../store/events.repository.js';
import { changesOf, timeOf } from '../write/turn-subjects.js';

/** Puts an event into a calendar of a user who attends it. */
export interface PlaceEvent {
  readonly userId: number;
  readonly eventId: number;
  readonly calendarId: number;
}

/** Puts events into the calendars of their attendees, on behalf of the attendees. Changes nothing for anybody else. */
@Injectable()
export class EventPlacement {
  constructor(
    private readonly entries: CalendarEntriesRepository,
    private readonly events: EventsRepository,
    private readonly reader: EventsService,
    private readonly views: EventViewsService,
    private readonly calendars: UserCalendarsService,
    private readonly readOnly: ReadOnlyCalendars,
    private readonly users: UsersService,
    private readonly conflicts: ConflictsService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * @returns the event as the current actor sees it
   * @throws {DomainError} forbidden; not-found `user_not_found`, `calendar_not_found`; not-found `event_not_found`, also if
   * the user does not attend the event; conflict `time_taken`, if the user allows no double booking and the event takes
   * time in the new calendar alone; precondition-failed @throws {UnauthenticatedError}
   */
  async place(command: PlaceEvent, precondition: Precondition): Promise<EventView> {
    const { userId, eventId } = command;
    const user = await this.users.getVisible(userId);
    enforce(
      mayArrangeCalendarsOf(this.currentActor.get(), user),
      'Only the user may put an event into another calendar.',
    );
    return this.unitOfWork.runInTurn([changesOf(eventId), timeOf(userId)], async () => {
      await this.events.lockForAnswer(eventId);
      const before = await this.attended(command);
      precondition.expect(before.version);
      await this.move(command, before);
      return this.views.viewOf(await this.reader.get(eventId));
    });
  }

  private async attended({ userId, eventId }: PlaceEvent): Promise<PartialEventRecord> {
    const event = await this.events.withAttendees(eventId, [userId]);
    if (!event?.attendees.some((attendee) => attendee.userId === userId)) throw notFound('event', eventId);
    return event;
  }

  private async move(command: PlaceEvent, before: PartialEventRecord): Promise<void> {
    const { userId, eventId, calendarId } = command;
    const named = { userId, calendarId, isPrivate: before.visibility === 'private' };
    (await this.calendars.keep([named]))(named);
    const from = calendarOfAttendee(before, userId);
    await this.readOnly.expectWritable(from);
    if ((await this.entries.putInto([eventId], userId, calendarId)).length === 0) return;
    await this.events.change(eventId, {});
    this.feed.eventsMoved([eventId], userId);
    const notBusy = await this.calendars.notBusyOf([userId]);
    if (from === null || !notBusy.has(from) || notBusy.has(calendarId)) return;
    await this.conflicts.bookAnswer(userId, undefined, async () =>
      withoutUnansweredTime(toEventOfAttendee(await this.attended(command), userId)),
    );
  }
}
