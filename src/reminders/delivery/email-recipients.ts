import { Injectable } from '@nestjs/common';
import { AttemptLimitsService } from '../../auth/attempts/attempt-limits.service.js';
import { DAY } from '../../calendar/time/civil-time.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { statusAtOccurrence } from '../../scheduling/calendars/attended-event.js';
import type { EventOccurrence } from '../../scheduling/occurrences/event-occurrence.js';
import { MAX_EMAILS_OF_USER_A_DAY } from '../../users/model/reminder.js';
import type { UserRecord } from '../../users/model/user-record.js';
import { hasVerifiedAddress } from '../../users/model/verified-address.js';
import { AcquaintancesService } from '../../users/read/acquaintances.service.js';
import type { PlannedEvent, RemindedAttendee } from '../model/planned-event.js';

/** The reason why the service does not mail a reminder. */
export type Obstacle = 'unverified address' | 'invitation of a stranger' | 'too many emails today';

/** Decides which reminders the service mails: a user can enter any address and any title, and must not send spam. */
@Injectable()
export class EmailRecipients {
  constructor(
    private readonly configuration: Configuration,
    private readonly limits: AttemptLimitsService,
    private readonly acquaintances: AcquaintancesService,
  ) {}

  /** The reason why the service does not mail the user about the occurrence; null: the service may mail it. */
  async obstacle(
    event: PlannedEvent,
    attendee: RemindedAttendee,
    occurrence: EventOccurrence,
    user: UserRecord,
  ): Promise<Obstacle | null> {
    // Without a normalised address, the address is that of another user.
    if (user.normalisedEmail === null || !hasVerifiedAddress(user, this.configuration.authMode))
      return 'unverified address';
    const isUnanswered = statusAtOccurrence(attendee)(occurrence) === 'needs_action';
    if (isUnanswered && (await this.isStranger(event.organizerId, user.id)))
      return 'invitation of a stranger';
    return null;
  }

  /** Counts an email. Null: the service may send it. The day of the limit begins with its first email. */
  async countEmail(userId: number): Promise<Obstacle | null> {
    const limit = { subject: `reminder emails of user ${userId}`, max: MAX_EMAILS_OF_USER_A_DAY };
    return (await this.limits.countExceeds([limit], DAY)) ? 'too many emails today' : null;
  }

  private async isStranger(organizerId: number, userId: number): Promise<boolean> {
    return (await this.acquaintances.strangersAmong(userId, [organizerId])).has(organizerId);
  }
}
