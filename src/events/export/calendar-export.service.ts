import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { mayActFor } from '../../access/decision.js';
import type { Instant } from '../../calendar/time/civil-time.js';
import type { CalendarRecord } from '../../calendars/model/calendar-record.js';
import { includesRole } from '../../calendars/model/grants/calendar-role.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { notFound } from '../../errors/domain-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { pagesWithin } from '../../platform/context/pages-within.js';
import { LongWork } from '../../platform/work/long-work.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { isResource, type UserRecord } from '../../users/model/user-record.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { type DetailedEventView, seesProductData } from '../model/event.policy.js';
import type { PartialEventRecord } from '../model/event-record.js';
import { EventViewsService } from '../read/event-views.service.js';
import { EventsService } from '../read/events.service.js';
import { EventContentsRepository, type KeptOfEvent } from '../store/contents/event-contents.repository.js';
import { ExportedEventsRepository } from '../store/export/exported-events.repository.js';
import { type ExportedTimes, firstTime, timesInWindow, windowOfTimes } from './exported-times.js';

/** Ids in memory at a time. */
const IDS_PER_READ = 10_000;

/** Events in memory at a time. Each may have a thousand attendees. */
const EVENTS_PER_READ = 100;

/** Units of `LongWork` that the writing of an event takes. */
const WORK_OF_EVENT = 100;

/** An event as a caller sees it: in full, with what its file has besides, or its times alone. */
export type ExportableEvent =
  | {
      readonly details: true;
      readonly event: PartialEventRecord;
      readonly kept: KeptOfEvent;
      /** Whether the caller may act for the owner, and so sees what no field carries. */
      readonly isOwn: boolean;
    }
  | { readonly details: false; readonly times: ExportedTimes };

type EventInFull = Extract<ExportableEvent, { readonly details: true }>;

/** The events of a user, or of one calendar of a user. */
export interface ExportedCalendar {
  readonly userId: number;
  /** Null: all calendars. */
  readonly calendarId: number | null;
  /** Whether the export is that of the user: a request without a token may act for a user who cannot log in. */
  readonly asUser: boolean;
  /** That of the calendar, or of the user; null: the caller does not see it. */
  readonly name: string | null;
  readonly color: string | null;
}

/** Reads the events of whole calendars. */
@Injectable()
export class CalendarExportService {
  constructor(
    private readonly exported: ExportedEventsRepository,
    private readonly contents: EventContentsRepository,
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly users: UsersService,
    private readonly calendars: UserCalendarsService,
    private readonly directory: DirectoryService,
    private readonly occurrences: OccurrencesService,
    private readonly longWork: LongWork,
    private readonly clock: Clock,
    private readonly tenant: CurrentTenant,
    private readonly currentActor: CurrentActor,
  ) {}

  /** @throws {DomainError} not-found `event_not_found` */
  async event(id: number): Promise<ExportableEvent> {
    const view = await this.events.see(id);
    if (!view.details) return { details: false, times: firstTime(view.event) };
    const [event] = await this.withKept([view]);
    if (event === undefined) throw notFound('event', id);
    return event;
  }

  /** The calendars of a user whom the current actor sees. @throws {DomainError} not-found `user_not_found` */
  async ofUser(userId: number): Promise<ExportedCalendar> {
    await this.directory.expectVisible(userId);
    const user = await this.users.get(userId);
    return { userId, calendarId: null, asUser: this.isAnonymousFor(user), name: user.name, color: null };
  }

  /** A calendar that the current actor sees. @throws {DomainError} not-found `calendar_not_found` */
  async ofCalendar(id: number): Promise<ExportedCalendar> {
    const { calendar, access } = await this.calendars.getVisible(id);
    const asUser = this.isAnonymousFor(await this.users.get(calendar.userId));
    const exported = { ...exportedCalendar(calendar), asUser };
    return includesRole(access.role, 'reader') ? exported : { ...exported, name: null };
  }

  /** The same without a check of access. @throws {DomainError} not-found `calendar_not_found` */
  async published(id: number): Promise<ExportedCalendar> {
    const calendar = await this.calendars.find(id);
    if (calendar === null) throw notFound('calendar', id);
    return exportedCalendar(calendar);
  }

  /**
   * The events as the current actor sees them, by id, some at a time. Of events that the actor may see as times alone, those
   * that are cancelled, or that the user has declined, are missing, as in lists, and a series has the times in its window.
   */
  pages(calendar: ExportedCalendar): AsyncGenerator<ExportableEvent[], void, undefined> {
    const { userId, asUser } = calendar;
    const tenantId = this.tenant.id;
    const seen = this.pagesSeen(calendar);
    if (!asUser) return seen;
    return pagesWithin((work) => this.currentActor.run({ kind: 'user', tenantId, userId }, work), seen);
  }

  private async *pagesSeen({
    userId,
    calendarId,
  }: ExportedCalendar): AsyncGenerator<ExportableEvent[], void, undefined> {
    const effort = this.longWork.begin();
    for await (const records of this.records(userId, calendarId)) {
      const views = await this.views.viewsThrough(records, userId);
      const inFull = await this.withKept(views.flatMap((view) => (view?.details ? [view] : [])));
      const byId = new Map(inFull.map((event) => [event.event.id, event]));
      const page: ExportableEvent[] = [];
      for (const [index, view] of views.entries()) {
        const times = view && !view.details ? this.timesOf(records[index], userId) : null;
        const event = times ? { details: false as const, times } : byId.get(records[index].id);
        if (event) page.push(event);
        if (effort.spend(WORK_OF_EVENT + (times?.times.length ?? 0))) await effort.rest();
      }
      yield page;
    }
  }

  /** The times of an event in its window that the user has not declined; null: a list has none of them. @see `windowOfTimes` */
  timesOf(event: PartialEventRecord, userId: number): ExportedTimes | null {
    return timesInWindow(event, userId, windowOfTimes(event, this.clock.now()), this.occurrences);
  }

  /** The records of the events, by id, some at a time. Does not check access. */
  async *records(
    userId: number,
    calendarId: number | null,
  ): AsyncGenerator<PartialEventRecord[], void, undefined> {
    for (let after = 0; ; ) {
      const ids = await this.exported.idsOf(userId, after, IDS_PER_READ, calendarId);
      for (let index = 0; index < ids.length; index += EVENTS_PER_READ) {
        const records = await this.exported.withIds(ids.slice(index, index + EVENTS_PER_READ));
        yield records.filter(({ attendees }) => attendees.some((each) => each.userId === userId));
      }
      if (ids.length < IDS_PER_READ) return;
      after = ids.at(-1) ?? after;
    }
  }

  /** The start of the first event; null: there is none. */
  async earliestOf({ userId, calendarId }: ExportedCalendar): Promise<Instant | null> {
    return (await this.exported.earliestOf(userId, calendarId))?.getTime() ?? null;
  }

  /** What the files of events have besides, by event. */
  async keptOf(eventIds: readonly number[]): Promise<ReadonlyMap<number, KeptOfEvent>> {
    return this.contents.of(eventIds);
  }

  /** Whether a request without a token may act for the user. Never true of a room. */
  private isAnonymousFor(user: UserRecord): boolean {
    const actor = this.currentActor.get();
    return actor.kind === 'anonymous' && !isResource(user) && mayActFor(actor, user) === 'allow';
  }

  private async withKept(views: readonly DetailedEventView[]): Promise<EventInFull[]> {
    const kept = await this.contents.of(views.map(({ event }) => event.id));
    const actor = this.currentActor.get();
    return views.flatMap((view) => {
      const content = kept.get(view.event.id);
      // The event was deleted meanwhile.
      if (!content) return [];
      return [{ details: true, event: view.event, kept: content, isOwn: seesProductData(actor, view.event) }];
    });
  }
}

function exportedCalendar({ id, userId, name, color }: CalendarRecord): ExportedCalendar {
  return { userId, calendarId: id, asUser: false, name, color };
}
