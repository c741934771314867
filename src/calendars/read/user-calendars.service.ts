import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { DomainError, notFound } from '../../errors/domain-error.js';
import type { Page } from '../../platform/page/page.js';
import type { Reminder } from '../../users/model/reminder.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { type CalendarView, calendarSeenBy, mayWriteCalendarOf } from '../model/calendar.policy.js';
import type { CalendarRecord } from '../model/calendar-record.js';
import {
  type CalendarListQuery,
  CalendarsOfUsersRepository,
} from '../store/calendars-of-users.repository.js';

type PageQuery = Pick<CalendarListQuery, 'after' | 'limit'>;

/** A calendar that a command names, of the user who puts an event into it. */
export interface NamedCalendar {
  readonly calendarId: number;
  readonly userId: number;
}

/** Reads the calendars of users. */
@Injectable()
export class UserCalendarsService {
  constructor(
    private readonly calendars: CalendarsOfUsersRepository,
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The calendar as the current actor sees it.
   * @throws {DomainError} not-found `calendar_not_found`
   */
  async view(id: number): Promise<CalendarView> {
    return this.viewOf(await this.getVisible(id));
  }

  /**
   * The calendar, if the current actor sees it.
   * @throws {DomainError} not-found `calendar_not_found`
   */
  async getVisible(id: number): Promise<CalendarRecord> {
    const calendar = await this.calendars.withId(id);
    if (!calendar || !(await this.directory.visible([calendar.userId])).has(calendar.userId))
      throw notFound('calendar', id);
    return calendar;
  }

  /**
   * A page of the calendars of a user, by place.
   * @throws {DomainError} not-found `user_not_found`
   */
  async ofUser(userId: number, page: PageQuery): Promise<Page<CalendarView>> {
    await this.users.getVisible(userId);
    return this.viewsOf(await this.calendars.page({ ...page, userId, unprotected: false }));
  }

  /** A page of the calendars of the users for whom the caller may act. */
  async ofCaller(page: PageQuery): Promise<Page<CalendarView>> {
    const actor = this.currentActor.get();
    const userId = actor.kind === 'user' ? actor.userId : null;
    const unprotected = actor.kind === 'anonymous';
    return this.viewsOf(await this.calendars.page({ ...page, userId, unprotected }));
  }

  /**
   * Keeps calendars that commands name as they are until the transaction ends.
   * @returns a check of each: it throws not-found `calendar_not_found` at `calendar` if the user of the command has no such
   * calendar, or forbidden, or an `UnauthenticatedError`
   */
  async keep(named: readonly NamedCalendar[]): Promise<(one: NamedCalendar) => void> {
    const ids = [...new Set(named.map(({ calendarId }) => calendarId))];
    const found = new Map((await this.calendars.keepWithIds(ids)).map((one) => [one.id, one]));
    const ownerIds = [...found.values()].map(({ userId }) => userId);
    const owners = await this.users.byId(ownerIds);
    const actor = this.currentActor.get();
    return (one) => {
      const owner = owners.get(one.userId);
      if (found.get(one.calendarId)?.userId !== one.userId || !owner) throw noCalendarOf(one);
      enforce(mayWriteCalendarOf(actor, owner), 'Only its user may put an event into a calendar.');
    };
  }

  /** The id of the primary calendar of a user; null: the user does not exist. */
  async primaryOf(userId: number): Promise<number | null> {
    return (await this.calendars.primaryOf(userId))?.id ?? null;
  }

  /** Those of the users' calendars that do not count as busy. */
  async notBusyOf(userIds: readonly number[]): Promise<ReadonlySet<number>> {
    return new Set(userIds.length === 0 ? [] : await this.calendars.notBusyOf(userIds));
  }

  /** The reminders of the events in a calendar; null: those of the user. */
  async remindersOf(id: number | null): Promise<readonly Reminder[] | null> {
    return id === null ? null : ((await this.calendars.withIds([id])).at(0)?.defaultReminders ?? null);
  }

  /** The calendar as the current actor, who sees its user, sees it. */
  async viewOf(calendar: CalendarRecord): Promise<CalendarView> {
    const owner = await this.users.get(calendar.userId);
    return calendarSeenBy(this.currentActor.get(), calendar, owner);
  }

  private async viewsOf({ items, next }: Page<CalendarRecord>): Promise<Page<CalendarView>> {
    const actor = this.currentActor.get();
    const owners = await this.users.byId([...new Set(items.map(({ userId }) => userId))]);
    const views = items.flatMap((calendar) => {
      const owner = owners.get(calendar.userId);
      return owner ? [calendarSeenBy(actor, calendar, owner)] : [];
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
