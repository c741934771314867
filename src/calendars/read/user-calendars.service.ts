import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce, mayActFor } from '../../access/decision.js';
import { DomainError, notFound } from '../../errors/domain-error.js';
import type { Page } from '../../platform/page/page.js';
import type { Reminder } from '../../users/model/reminder.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { type CalendarView, calendarSeenBy } from '../model/calendar.policy.js';
import type { CalendarRecord } from '../model/calendar-record.js';
import { type CalendarAccess, mayWriteIn } from '../model/grants/calendar-access.js';
import type { CalendarListQuery } from '../store/calendar-list-query.js';
import { CalendarsOfUsersRepository } from '../store/calendars-of-users.repository.js';
import { CalendarAccessService } from './calendar-access.service.js';
import { ReadOnlyCalendars, refuseReadOnly } from './read-only-calendars.service.js';

type PageQuery = Pick<CalendarListQuery, 'after' | 'limit'>;

/** A calendar that a command names, of the user who puts an event into it. */
export interface NamedCalendar {
  readonly calendarId: number;
  readonly userId: number;
  /** Whether the event is private. */
  readonly isPrivate: boolean;
}

/** A calendar that the current actor sees, and the access of the actor to it. */
export interface VisibleCalendar {
  readonly calendar: CalendarRecord;
  readonly access: CalendarAccess;
}

/** Reads the calendars of users. */
@Injectable()
export class UserCalendarsService {
  constructor(
    private readonly calendars: CalendarsOfUsersRepository,
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly access: CalendarAccessService,
    private readonly readOnly: ReadOnlyCalendars,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The calendar as the current actor sees it.
   * @throws {DomainError} not-found `calendar_not_found`
   */
  async view(id: number): Promise<CalendarView> {
    const { calendar, access } = await this.getVisible(id);
    const owner = await this.users.get(calendar.userId);
    return calendarSeenBy(this.currentActor.get(), calendar, owner, access);
  }

  /**
   * The calendar, if the current actor sees it.
   * @throws {DomainError} not-found `calendar_not_found`
   */
  async getVisible(id: number): Promise<VisibleCalendar> {
    const calendar = await this.calendars.withId(id);
    if (!calendar || !(await this.directory.visible([calendar.userId])).has(calendar.userId))
      throw notFound('calendar', id);
    const access = (await this.access.to([id]))(id);
    if (access.role === 'none') throw notFound('calendar', id);
    return { calendar, access };
  }

  /**
   * A page of the calendars of a user that the current actor sees, by place.
   * @throws {DomainError} not-found `user_not_found`
   */
  async ofUser(userId: number, page: PageQuery): Promise<Page<CalendarView>> {
    await this.users.getVisible(userId);
    const actor = this.currentActor.get();
    const viewer = actor.kind === 'key' ? null : actor;
    return this.viewsOf(await this.calendars.page({ ...page, of: { userId, viewer } }));
  }

  /** A page of the calendars of the users for whom the caller may act, and of those on which the caller has a grant. */
  async ofCaller(page: PageQuery): Promise<Page<CalendarView>> {
    return this.viewsOf(await this.calendars.page({ ...page, of: { caller: this.currentActor.get() } }));
  }

  /**
   * Keeps calendars that commands name as they are until the transaction ends.
   * @returns a check of each: it throws not-found `calendar_not_found` at `calendar` if the user of the command has no such
   * calendar, or forbidden, also `read_only_calendar`, if the current actor may not write the event there, or an
   * `UnauthenticatedError`
   */
  async keep(named: readonly NamedCalendar[]): Promise<(one: NamedCalendar) => void> {
    const ids = [...new Set(named.map(({ calendarId }) => calendarId))];
    const found = new Map((await this.calendars.keepWithIds(ids)).map((one) => [one.id, one]));
    const ownerIds = [...found.values()].map(({ userId }) => userId);
    const owners = await this.users.byId(ownerIds);
    const actor = this.currentActor.get();
    const accessTo = await this.access.to(ids);
    const readOnly = await this.readOnly.among(
      [...found.values()].filter((one) => one.readOnly).map(({ id }) => id),
    );
    return (one) => {
      const owner = owners.get(one.userId);
      const access = accessTo(one.calendarId);
      const isHidden = access.role === 'none' || found.get(one.calendarId)?.userId !== one.userId;
      if (isHidden || !owner) throw noCalendarOf(one);
      const decision = mayWriteIn(access, one.isPrivate) ? 'allow' : mayActFor(actor, owner);
      enforce(decision, 'Only its user, or a writer, may put an event into a calendar.');
      refuseReadOnly(one.calendarId, readOnly);
    };
  }

  /** The calendar, unless it or its user is deleted. Does not check access. */
  async find(id: number): Promise<CalendarRecord | null> {
    return this.calendars.withId(id);
  }

  /** Whether a calendar exists, and is not deleted. */
  async exists(id: number): Promise<boolean> {
    return (await this.calendars.withIds([id])).length > 0;
  }

  /** The id of the primary calendar of a user; null: the user does not exist. */
  async primaryOf(userId: number): Promise<number | null> {
    return (await this.calendars.primaryOf(userId))?.id ?? null;
  }

  /** The ids of the primary calendars of users, by user, in at most one query. */
  async primariesOf(userIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return new Map((await this.calendars.primariesOf(userIds)).map(({ userId, id }) => [userId, id]));
  }

  /** Those of the users' calendars that do not count as busy. */
  async notBusyOf(userIds: readonly number[]): Promise<ReadonlySet<number>> {
    return new Set(userIds.length === 0 ? [] : await this.calendars.notBusyOf(userIds));
  }

  /** The reminders of the events in a calendar; null: those of the user. */
  async remindersOf(id: number | null): Promise<readonly Reminder[] | null> {
    return id === null ? null : ((await this.calendars.withIds([id])).at(0)?.defaultReminders ?? null);
  }

  private async viewsOf({ items, next }: Page<CalendarRecord>): Promise<Page<CalendarView>> {
    const actor = this.currentActor.get();
    const owners = await this.users.byId([...new Set(items.map(({ userId }) => userId))]);
    const accessTo = await this.access.to(items.map(({ id }) => id));
    const views = items.flatMap((calendar) => {
      const owner = owners.get(calendar.userId);
      return owner ? [calendarSeenBy(actor, calendar, owner, accessTo(calendar.id))] : [];
    });
    return { items: views, next };
  }
}

function noCalendarOf({ calendarId, userId }: NamedCalendar): DomainError {
  const message = `user ${userId} has no calendar ${calendarId}`;
  return new DomainError('not-found', 'calendar_not_found', `\`calendar\`: ${message}.`, [
    { field: 'calendar', message },
  ]);
}
