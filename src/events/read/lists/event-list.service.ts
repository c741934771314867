import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../access/actor.js';
import { CurrentActor } from '../../../access/current-actor.js';
import { CalendarAccessService } from '../../../calendars/read/calendar-access.service.js';
import { UserCalendarsService } from '../../../calendars/read/user-calendars.service.js';
import { notFound } from '../../../errors/domain-error.js';
import type { Sized } from '../../../platform/memory/recently-used.js';
import type { Page } from '../../../platform/page/page.js';
import { inZoneOfReader } from '../../../scheduling/occurrences/floating-days.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { DirectoryService } from '../../../users/read/directory.service.js';
import { UsersService } from '../../../users/read/users.service.js';
import { type ParticipationInSeries, participationOf } from '../../model/attendance/participation.js';
import type { EventView } from '../../model/event.policy.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import { AttendedEventsRepository, type ListedEntries } from '../../store/attended-events.repository.js';
import type { ListedWindow } from '../../store/kept/kept-events.repository.js';
import { EventViewsService } from '../event-views.service.js';
import { zoneOfAttendee } from '../zones/zone-of-attendee.js';
import { KeptEvents, type KeptList } from './kept-events.service.js';
import { KeptViewsService, nameOfCaller } from './kept-views.service.js';
import { ListCandidate } from './list-candidate.js';
import { type ListedEvent, pageOfEvents, pageOfOccurrences } from './list-pages.js';
import type { EventListQuery } from './list-query.js';
import { ShownInWindow } from './occurrences-shown.js';
import type { PreparedEvent } from './prepared-event.js';
import { RedactedOrder } from './redacted-order.js';

/**
 * Makes the response of a page. The service may keep the response, and give it to each later request for which it is the
 * same: it must depend on the arguments and the query alone. @param userId the user of the list
 */
export type RenderPage<Rendered extends Sized> = (page: Page<ListedEvent>, userId: number) => Rendered;

type ToCandidate = (
  view: EventView,
  own: PartialEventRecord,
  participation: ParticipationInSeries,
  kept: PreparedEvent | null,
) => ListCandidate[];

/** Lists the events of a user, or of one of the user's calendars, in a window. */
@Injectable()
export class EventListService {
  constructor(
    private readonly events: AttendedEventsRepository,
    private readonly kept: KeptEvents,
    private readonly keptViews: KeptViewsService,
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
  async ofUser<Rendered extends Sized>(
    userId: number,
    query: EventListQuery,
    render: RenderPage<Rendered>,
  ): Promise<Rendered> {
    await this.directory.expectVisible(userId);
    const kept = await this.readKept('user', userId, query);
    if (!kept) return render(await this.pageOfRows({ userId, calendarId: null }, query), userId);
    if (kept.ownerId !== null) return this.pageOfKept(kept, userId, query, render);
    await this.users.get(userId);
    return render(NO_EVENTS, userId);
  }

  /**
   * The same of a calendar.
   * @throws {DomainError} not-found `calendar_not_found`
   */
  async ofCalendar<Rendered extends Sized>(
    id: number,
    query: EventListQuery,
    render: RenderPage<Rendered>,
  ): Promise<Rendered> {
    const kept = await this.readKept('calendar', id, query);
    if (kept && kept.ownerId !== null) {
      const { ownerId, changes } = kept;
      if ((await this.access.to([id], changes))(id).role === 'none') throw notFound('calendar', id);
      return this.pageOfKept(kept, ownerId, query, render);
    }
    const {
      calendar: { userId },
    } = await this.calendars.getVisible(id);
    return render(await this.pageOfRows({ userId, calendarId: id }, query), userId);
  }

  /** Reads the list with the events that the process keeps; null: it cannot. Other events may decide which addresses a user sees. */
  private async readKept(
    of: ListedWindow['of'],
    id: number,
    { window, showCancelled: cancelled }: EventListQuery,
  ): Promise<KeptList | null> {
    return this.directory.seesEverybody() ? this.kept.read({ of, id, window, cancelled }) : null;
  }

  private async pageOfKept<Rendered extends Sized>(
    kept: KeptList,
    userId: number,
    query: EventListQuery,
    render: RenderPage<Rendered>,
  ): Promise<Rendered> {
    const name = nameOfPage(this.currentActor.get(), query);
    // Only this method keeps pages, and each list has one way to render them.
    const known = kept.window?.page(name, kept.events) as Rendered | undefined;
    if (known) return known;
    const prepared = await this.keptViews.of(kept, userId);
    const toCandidate = this.candidatesOf(
      prepared.map(({ view }) => view),
      userId,
      query,
    );
    const candidates = prepared.flatMap((each) =>
      each.view ? toCandidate(each.view, each.own, each.participation, each) : [],
    );
    const rendered = render(pageOf(candidates, userId, query), userId);
    kept.window?.keepPage(name, kept.events, rendered);
    return rendered;
  }

  private async pageOfRows(entries: ListedEntries, query: EventListQuery): Promise<Page<ListedEvent>> {
    const { userId } = entries;
    const { window, maxAttendees, showCancelled: cancelled } = query;
    const actor = this.currentActor.get();
    const attended = await this.events.inWindow(entries, window, { actor, maxAttendees, cancelled });
    // A user who attends an event exists.
    if (attended.length === 0) await this.users.get(userId);
    const views = await this.views.viewsThrough(attended, userId);
    const toCandidate = this.candidatesOf(views, userId, query);
    const candidates = attended.flatMap((event, index) => {
      const view = views[index];
      if (view === null) return [];
      const own = event.floating ? inZoneOfReader(event, zoneOfAttendee(userId, event)) : event;
      return toCandidate(view, own, participationOf(event, userId), null);
    });
    return pageOf(candidates, userId, query);
  }

  /** Makes the candidate of a view, if the list may show the event. @param views all views of the list */
  private candidatesOf(
    views: readonly (EventView | null)[],
    userId: number,
    { window, showCancelled }: EventListQuery,
  ): ToCandidate {
    const redactedIds = views.flatMap((view) => (view === null || view.details ? [] : [view.event.id]));
    const places = this.redactedOrder.placesOf(userId, redactedIds);
    const shown = new ShownInWindow(userId, window, this.occurrences);
    return (view, own, participation, kept) => {
      const occurrences = view.details
        ? shown.inFull(own, showCancelled, participation)
        : shown.redacted(own, participation);
      const redactedPlace = places.get(own.id) ?? null;
      return occurrences ? [new ListCandidate(view, own, occurrences, redactedPlace, window, kept)] : [];
    };
  }
}

/** Names a page among those of one window. */
function nameOfPage(actor: Actor, { after, limit, maxAttendees, expand }: EventListQuery): string {
  return `${nameOfCaller(actor)} ${after?.join(',') ?? ''} ${limit} ${maxAttendees} ${expand}`;
}

const NO_EVENTS: Page<ListedEvent> = { items: [], next: null };

function pageOf(
  candidates: readonly ListCandidate[],
  userId: number,
  { after, limit, maxAttendees, expand }: EventListQuery,
): Page<ListedEvent> {
  const request = { after, limit, selection: { max: maxAttendees, first: userId } };
  return expand ? pageOfOccurrences(candidates, request) : pageOfEvents(candidates, request);
}
