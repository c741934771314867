import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import type { TenantSettings } from '../../calendars/read/settings/tenant-settings.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { notFound } from '../../errors/domain-error.js';
import type { Page } from '../../platform/page/page.js';
import { inZoneOfReader } from '../../scheduling/occurrences/floating-days.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import type { PartialEventRecord } from '../model/event-record.js';
import { AttendedEventsRepository, type ListedEntries } from '../store/attended-events.repository.js';
import type { ListedWindow } from '../store/kept/kept-events.repository.js';
import { EventViewsService } from './event-views.service.js';
import type { CompleteKeptEvent } from './kept/kept-event.js';
import { KeptEvents, type KeptList } from './kept/kept-events.service.js';
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

/** The events that a list has read. */
interface ReadEvents {
  readonly records: readonly PartialEventRecord[];
  /** The same events, as the process keeps them; null: it does not. */
  readonly kept: readonly CompleteKeptEvent[] | null;
  /** Of which the list has noted a look-up; null: there was none. */
  readonly settings: TenantSettings | null;
}

/** Lists the events of a user, or of one of the user's calendars, in a window. */
@Injectable()
export class EventListService {
  constructor(
    private readonly events: AttendedEventsRepository,
    private readonly kept: KeptEvents,
    private readonly access: CalendarAccessService,
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
    const kept = await this.readKept('user', userId, query);
    if (!kept) return this.pageOf(userId, await this.readRows({ userId, calendarId: null }, query), query);
    if (kept.ownerId === null) await this.users.get(userId);
    return this.pageOf(userId, kept.ownerId === null ? NO_EVENTS : eventsOf(kept), query);
  }

  /**
   * The same of a calendar, with its user.
   * @throws {DomainError} not-found `calendar_not_found`
   */
  async ofCalendar(id: number, query: EventListQuery): Promise<ListOfCalendar> {
    const kept = await this.readKept('calendar', id, query);
    if (kept && kept.ownerId !== null) {
      const { ownerId: userId, settings } = kept;
      if ((await this.access.to([id], settings))(id).role === 'none') throw notFound('calendar', id);
      return { userId, page: await this.pageOf(userId, eventsOf(kept), query) };
    }
    const {
      calendar: { userId },
    } = await this.calendars.getVisible(id);
    const events = await this.readRows({ userId, calendarId: id }, query);
    return { userId, page: await this.pageOf(userId, events, query) };
  }

  /** Reads the list with the events that the process keeps; null: it cannot. Other events may decide which addresses a user sees. */
  private async readKept(
    of: ListedWindow['of'],
    id: number,
    { window, showCancelled: cancelled }: EventListQuery,
  ): Promise<KeptList | null> {
    return this.directory.seesEverybody() ? this.kept.read({ of, id, window, cancelled }) : null;
  }

  private async readRows(entries: ListedEntries, query: EventListQuery): Promise<ReadEvents> {
    const { window, maxAttendees, showCancelled: cancelled } = query;
    const actor = this.currentActor.get();
    const records = await this.events.inWindow(entries, window, { actor, maxAttendees, cancelled });
    // A user who attends an event exists.
    if (records.length === 0) await this.users.get(entries.userId);
    return { records, kept: null, settings: null };
  }

  private async pageOf(
    userId: number,
    events: ReadEvents,
    query: EventListQuery,
  ): Promise<Page<ListedEvent>> {
    const { after, limit, maxAttendees, expand } = query;
    const candidates = await this.candidatesOf(events, userId, query);
    const request = { after, limit, selection: { max: maxAttendees, first: userId } };
    return expand ? pageOfOccurrences(candidates, request) : pageOfEvents(candidates, request);
  }

  private async candidatesOf(
    { records, kept, settings }: ReadEvents,
    userId: number,
    { window, showCancelled }: EventListQuery,
  ): Promise<ListCandidate[]> {
    const views = await this.views.viewsThrough(records, userId, settings);
    const redactedIds = views.flatMap((view) => (view === null || view.details ? [] : [view.event.id]));
    const places = this.redactedOrder.placesOf(userId, redactedIds);
    const shown = new ShownInWindow(userId, window, this.occurrences);
    return records.flatMap((event, index) => {
      const view = views[index];
      if (view === null) return [];
      const own = event.floating ? inZoneOfReader(event, zoneOf(userId, event)) : event;
      const occurrences = view.details ? shown.inFull(own, showCancelled) : shown.redacted(own);
      const redactedPlace = places.get(event.id) ?? null;
      return occurrences
        ? [new ListCandidate(view, own, occurrences, redactedPlace, window, kept?.[index])]
        : [];
    });
  }
}

const NO_EVENTS: ReadEvents = { records: [], kept: null, settings: null };

function eventsOf({ events, settings }: KeptList): ReadEvents {
  return { records: events.map(({ record }) => record), kept: events, settings };
}

/** The zone of an attendee of an event. */
function zoneOf(userId: number, { attendees, timeZone }: PartialEventRecord): string {
  return attendees.find((attendee) => attendee.userId === userId)?.timeZone ?? timeZone;
}
