import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, invalidInput, notFound } from '../../errors/domain-error.js';
import { EventsService } from '../../events/read/events.service.js';
import type { NewReminder } from '../../users/model/reminder.js';
import type { UserRecord } from '../../users/model/user-record.js';
import { UsersService } from '../../users/read/users.service.js';
import { ReminderValidator } from '../../users/write/reminder-validator.js';
import { mayKeepRemindersOf } from '../model/reminder.policy.js';
import type { EventReminderSettings, ReminderSettings } from '../model/reminder-settings.js';
import { ReminderSettingsRepository } from '../store/reminder-settings.repository.js';
import { ReminderPlanner } from './reminder-planner.js';

/** Reads and sets the reminders of a user for an event. Only the user may do so. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly settings: ReminderSettingsRepository,
    private readonly users: UsersService,
    private readonly events: EventsService,
    private readonly calendars: UserCalendarsService,
    private readonly rules: ReminderValidator,
    private readonly planner: ReminderPlanner,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * The reminders of a user for an event.
   * @throws {DomainError} forbidden; not-found `event_not_found`, `user_not_found`; not-found `attendee_not_found`, if the
   * user does not attend the event
   * @throws {UnauthenticatedError}
   */
  async get(userId: number, eventId: number): Promise<ReminderSettings> {
    const [actor, user] = [this.currentActor.get(), await this.users.getVisible(userId)];
    enforce(mayKeepRemindersOf(actor, user), 'Reminders are private to their user.');
    const view = await this.events.see(eventId);
    // An event of which the actor sees the times alone hides its attendees.
    if (!view.details) throw notFound('event', eventId);
    const attendee = view.event.attendees.find((candidate) => candidate.userId === userId);
    if (!attendee) {
      const detail = `User ${userId} does not attend event ${eventId}.`;
      throw new DomainError('not-found', 'attendee_not_found', detail);
    }
    const defaults = (await this.calendars.remindersOf(attendee.calendarId)) ?? user.defaultReminders;
    return { defaults, overrides: await this.settings.overridesOf(eventId, userId) };
  }

  /**
   * The reminders that a user has set, by event, at most `limit`. Does not check access.
   * @param after the event before the first one; 0: none
   */
  async allOf(
    { id, defaultReminders }: Pick<UserRecord, 'id' | 'defaultReminders'>,
    after: number,
    limit: number,
  ): Promise<EventReminderSettings[]> {
    const settings = await this.settings.ofUser(id, after, limit);
    return settings.map(({ eventId, reminders }) => ({
      eventId,
      defaults: defaultReminders,
      overrides: reminders,
    }));
  }

  /**
   * Sets the reminders of a user for an event, and plans them.
   * @param reminders null: the defaults of the calendar, or else of the user, hold
   * @throws {DomainError} invalid, naming a place in `overrides`; forbidden; not-found `event_not_found`,
   * `user_not_found`; not-found `attendee_not_found`, if the user does not attend the event
   * @throws {UnauthenticatedError}
   */
  async set(
    userId: number,
    eventId: number,
    reminders: readonly NewReminder[] | null,
  ): Promise<ReminderSettings> {
    await this.get(userId, eventId);
    const ofDay = reminders?.findIndex(({ daysBefore }) => daysBefore !== undefined) ?? -1;
    if (ofDay !== -1 && !(await this.events.see(eventId)).event.allDay) {
      const message = 'goes with all-day events only';
      throw invalidInput({ field: `overrides.${ofDay}.days_before`, message });
    }
    const overrides = reminders && (await this.rules.validate('overrides', reminders));
    return this.unitOfWork.run(async () => {
      await this.events.lock(eventId);
      await this.get(userId, eventId);
      if (overrides === null) await this.settings.useDefault(eventId, userId);
      else await this.settings.override(eventId, userId, overrides);
      await this.planner.replanAttendee(eventId, userId);
      return this.get(userId, eventId);
    });
  }
}
