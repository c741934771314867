import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import type { Page } from '../../platform/page/page.js';
import { inZoneOfReader } from '../../scheduling/occurrences/floating-days.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import type { PartialEventRecord } from '../model/event-record.js';
import { AttendedEventsRepository, type ListedEntries } from '../store/attended-events.repository.js';
import { EventViewsService } from './event-views.service.js';
import { ListCandidate } from './list-candidate.js';
import { type ListedEvent, pageOfEvents, pageOfOccurrences } from './list-pages.js';
import type { EventListQuery } from './list-query.js';
import { ShownInWindow } from './occurrences-shown.js';
import { RedactedOrder } from './redacted-order.js';

/** A page of the events in a calendar. */
export interface ListOfCalendar {
  readonly userId: number;
  readonly page: Page<ListedEvent>;
}

/** Lists the events of a user, or of one of the user's calendars, in a window. */
@Injectable()
export class EventListService {
  constructor(
    private readonly events: AttendedEventsRepository,
    private readonly users: UsersService,
    private readonly calendars: UserCalendarsService,
    private readonly occurrences: OccurrencesService,
    private readonly views: EventViewsService,
    private readonly directory: DirectoryService,
    private readonly redactedOrder: RedactedOrder,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * One element for each event, by first occurrence; with `expand` one for each occurrence. A page of large elements has
   * fewer than `limit`. No event to which the user was invited can make the list fail.
   * @throws {DomainError} not-found `user_not_found`
   */
  async ofUser(userId: number, query: EventListQuery): Promise<Page<ListedEvent>> {
    await this.directory.expectVisible(userId);
    return this.pageOf({ userId, calendarId: null }, query);
  }

  /**
   * The same of a calendar, with its user.
   * @throws {DomainError} not-found `calendar_not_found`
   */
  async ofCalendar(id: number, query: EventListQuery): Promise<ListOfCalendar> {
    const {
      calendar: { userId },
    } = await this.calendars.getVisible(id);
    return { userId, page: await this.pageOf({ userId, calendarId: id }, query) };
  }

  private async pageOf(entries: ListedEntries, query: EventListQuery): Promise<Page<ListedEvent>> {
    const { userId } = entries;
    const { window, after, limit, maxAttendees, showCancelled: cancelled, expand } = query;
    const actor = this.currentActor.get();
    const attended = await this.events.inWindow(entries, window, { actor, maxAttendees, cancelled });
    // A user who attends an event exists.
    if (attended.length === 0) await this.users.get(userId);
    const candidates = await this.candidatesOf(attended, userId, query);
    const request = { after, limit, selection: { max: maxAttendees, first: userId } };
    return expand ? pageOfOccurrences(candidates, request) : pageOfEvents(candidates, request);
  }

  private async candidatesOf(
    attended: readonly PartialEventRecord[],
    userId: number,
    { window, showCancelled }: EventListQuery,
  ): Promise<ListCandidate[]> {
    const views = await this.views.viewsThrough(attended, userId);
    const redactedIds = views.flatMap((view) => (view === null || view.details ? [] : [view.event.id]));
    const places = this.redactedOrder.placesOf(userId, redactedIds);
    const shown = new ShownInWindow(userId, window, this.occurrences);
    return attended.flatMap((event, index) => {
      const view = views[index];
      if (view === null) return [];
      const own = event.floating ? inZoneOfReader(event, zoneOf(userId, event)) : event;
      const occurrences = view.details ? shown.inFull(own, showCancelled) : shown.redacted(own);
      const redactedPlace = places.get(event.id) ?? null;
      return occurrences ? [new ListCandidate(view, own, occurrences, redactedPlace, window)] : [];
    });
  }
}

/** The zone of an attendee of an event. */
function zoneOf(userId: number, { attendees, timeZone }: PartialEventRecord): string {
  return attendees.find((attendee) => attendee.userId === userId)?.timeZone ?? timeZone;
}
