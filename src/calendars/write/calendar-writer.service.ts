import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { refuseExternalIdOfPerson } from '../../access/key-access.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, notFound } from '../../errors/domain-error.js';
import { mergedMetadata, metadataWithin, newMetadata } from '../../platform/values/metadata.js';
import type { UserRecord } from '../../users/model/user-record.js';
import { canonicalTimeZone } from '../../users/model/user-time.js';
import { UsersService } from '../../users/read/users.service.js';
import { ReminderValidator } from '../../users/write/reminder-validator.js';
import { type CalendarView, mayArrangeCalendarsOf, mayChangeCalendarOf } from '../model/calendar.policy.js';
import {
  type CalendarPatch,
  type NewCalendar,
  refuseCalendarBeyondLimits,
} from '../model/calendar-commands.js';
import { MAX_CALENDAR_NAME_LENGTH, MAX_CALENDARS_OF_USER } from '../model/calendar-limits.js';
import type { CalendarRecord } from '../model/calendar-record.js';
import { UserCalendarsService } from '../read/user-calendars.service.js';
import { type CalendarColumns, CalendarsOfUsersRepository } from '../store/calendars-of-users.repository.js';

const ONLY_OWNERS = 'Only its user, or an owner, may change a calendar and its grants.';

/** Creates and changes calendars on behalf of their users. */
@Injectable()
export class CalendarWriter {
  constructor(
    private readonly calendars: CalendarsOfUsersRepository,
    private readonly reader: UserCalendarsService,
    private readonly users: UsersService,
    private readonly reminders: ReminderValidator,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * @param readOnly whether a subscription alone writes the events of the calendar
   * @throws {DomainError} invalid; forbidden, `key_required`; not-found `user_not_found`; conflict `too_many_calendars`,
   * `external_id_taken` @throws {UnauthenticatedError}
   */
  async create(userId: number, command: NewCalendar, readOnly = false): Promise<CalendarView> {
    const user = await this.users.getVisible(userId);
    const actor = this.currentActor.get();
    enforce(mayArrangeCalendarsOf(actor, user), 'Only the user may create calendars of the user.');
    refuseExternalIdOfPerson(actor, command.externalId ?? undefined);
    const columns = await this.columnsOf(command);
    const metadata = metadataWithin(newMetadata(command.metadata));
    return this.unitOfWork.run(async () => {
      await this.users.getAll([userId], 'user');
      await this.users.lock(userId);
      if ((await this.calendars.countOf(userId)) >= MAX_CALENDARS_OF_USER) throw tooManyCalendars();
      const id = await this.calendars.add(userId, { ...columns, name: command.name, metadata, readOnly });
      return this.reader.view(id);
    });
  }

  /**
   * @throws {DomainError} invalid; forbidden, `key_required`; not-found `calendar_not_found`; conflict `external_id_taken`
   * @throws {UnauthenticatedError}
   */
  async update(id: number, patch: CalendarPatch): Promise<CalendarView> {
    const user = await this.getWritable(id);
    const actor = this.currentActor.get();
    if (patch.defaultReminders !== undefined)
      enforce(mayArrangeCalendarsOf(actor, user), 'Only its user may change the reminders of a calendar.');
    refuseExternalIdOfPerson(actor, patch.externalId);
    const columns = await this.columnsOf(patch);
    return this.unitOfWork.run(async () => {
      const calendar = await this.lockWritable(id);
      const metadata =
        patch.metadata === undefined
          ? {}
          : { metadata: metadataWithin(mergedMetadata(calendar.metadata, patch.metadata)) };
      await this.calendars.change(id, { ...columns, ...metadata });
      if (columns.defaultReminders !== undefined) this.feed.defaultRemindersChanged(calendar.userId);
      return this.reader.view(id);
    });
  }

  /**
   * Names a calendar, unless it has another name than one. A name that is too long is cut. Does not check access.
   * @param before the name that the user has not changed
   */
  async nameUnlessRenamed(id: number, before: string, name: string): Promise<void> {
    const text = name
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, MAX_CALENDAR_NAME_LENGTH)
      .toWellFormed();
    if (text === '') return;
    await this.unitOfWork.run(async () => {
      if ((await this.lock(id)).name === before) await this.calendars.change(id, { name: text });
    });
  }

  /**
   * Locks a calendar that the current actor may change until the transaction ends. Changes of grants wait for this lock, so
   * that the right of the actor cannot end meanwhile.
   * @throws {DomainError} not-found `calendar_not_found`; forbidden @throws {UnauthenticatedError}
   */
  async lockWritable(id: number): Promise<CalendarRecord> {
    const calendar = await this.lock(id);
    await this.getWritable(id);
    return calendar;
  }

  /**
   * Locks a calendar until the transaction ends. Does not check access.
   * @throws {DomainError} not-found `calendar_not_found`
   */
  async lock(id: number): Promise<CalendarRecord> {
    const calendar = await this.calendars.locked(id);
    if (!calendar) throw notFound('calendar', id);
    return calendar;
  }

  /** @returns the user of the calendar */
  private async getWritable(id: number): Promise<UserRecord> {
    const { calendar, access } = await this.reader.getVisible(id);
    const [user] = await this.users.getAll([calendar.userId], 'user');
    enforce(mayChangeCalendarOf(this.currentActor.get(), user, access), ONLY_OWNERS);
    return user;
  }

  /** Runs before the transaction, since the validator may resolve the host name of a webhook. */
  private async columnsOf(values: CalendarPatch): Promise<CalendarColumns> {
    refuseCalendarBeyondLimits(values);
    const { name, color, timeZone, countsAsBusy, position, defaultReminders, externalId } = values;
    return {
      ...(name !== undefined && { name }),
      ...(color !== undefined && { color: color?.toLowerCase() ?? null }),
      ...(timeZone !== undefined && { timeZone: timeZone && canonicalTimeZone(timeZone) }),
      ...(countsAsBusy !== undefined && { countsAsBusy }),
      ...(position !== undefined && { position }),
      ...(externalId !== undefined && { externalId }),
      ...(defaultReminders !== undefined && {
        defaultReminders:
          defaultReminders && (await this.reminders.validate('defaultReminders', defaultReminders)),
      }),
    };
  }
}

function tooManyCalendars(): DomainError {
  const detail = `A user has at most ${MAX_CALENDARS_OF_USER} calendars.`;
  return new DomainError('conflict', 'too_many_calendars', detail);
}
