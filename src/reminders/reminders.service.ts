import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { enforce } from '../access/decision.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError, invalidInput, notFound } from '../errors/domain-error.js';
import { seesDetails } from '../events/model/event.policy.js';
import { EventsService } from '../events/read/events.service.js';
import type { NewReminder } from '../users/model/reminder.js';
import { UsersService } from '../users/read/users.service.js';
import { ReminderValidator } from '../users/write/reminder-validator.js';
import { ReminderPlanner } from './planning/reminder-planner.js';
import { mayKeepRemindersOf } from './reminder.policy.js';
import type { SetEventRemindersDto } from './rest/event-reminders.dto.js';
import { type ReminderSettings, ReminderSettingsRepository } from './store/reminder-settings.repository.js';

/** What reminds a user of an event, which is nobody else's business. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly settings: ReminderSettingsRepository,
    private readonly users: UsersService,
    private readonly events: EventsService,
    private readonly rules: ReminderValidator,
    private readonly planner: ReminderPlanner,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @throws {DomainError} forbidden; not-found, with the code `attendee_not_found` if the user does not attend the event
   * @throws {UnauthenticatedError}
   */
  async get(userId: number, eventId: number): Promise<ReminderSettings> {
    const [actor, user] = [this.currentActor.get(), await this.users.getVisible(userId)];
    enforce(mayKeepRemindersOf(actor, user), 'Reminders are private to their user.');
    const event = await this.events.get(eventId);
    // A private event hides its attendees.
    if (!seesDetails(actor, event)) throw notFound('event', eventId);
    const settings = await this.settings.of(eventId, userId);
    if (!settings) {
      const detail = `User ${userId} does not attend event ${eventId}.`;
      throw new DomainError('not-found', 'attendee_not_found', detail);
    }
    return settings;
  }

  /**
   * @throws {DomainError} invalid; forbidden; not-found, with the code `attendee_not_found` if the user does not attend the event
   * @throws {UnauthenticatedError}
   */
  async set(userId: number, eventId: number, input: SetEventRemindersDto): Promise<ReminderSettings> {
    await this.get(userId, eventId);
    const overrides = await this.rules.validate('overrides', overridesOf(input));
    return this.unitOfWork.run(async () => {
      await this.events.lock(eventId);
      await this.get(userId, eventId);
      if (input.use_default) await this.settings.useDefault(eventId, userId);
      else await this.settings.override(eventId, userId, overrides);
      await this.planner.replan(eventId, userId);
      return this.get(userId, eventId);
    });
  }
}

function overridesOf({ use_default: useDefault, overrides }: SetEventRemindersDto): NewReminder[] {
  if (useDefault && overrides !== undefined && overrides.length > 0) {
    throw invalidInput({ field: 'overrides', message: 'do not go with use_default true' });
  }
  if (!useDefault && overrides === undefined) {
    throw invalidInput({ field: 'overrides', message: 'is required when use_default is false' });
  }
  return overrides ?? [];
}
