import { Injectable } from '@nestjs/common';
import { AttemptLimitsService } from '../../auth/attempts/attempt-limits.service.js';
import { DAY } from '../../calendar/time/civil-time.js';
import { TooManyAttemptsError } from '../../errors/too-many-attempts-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { statusAtOccurrence } from '../../scheduling/calendars/attended-event.js';
import type { EventOccurrence } from '../../scheduling/occurrences/event-occurrence.js';
import type { UserRecord } from '../../users/model/user-record.js';
import { hasVerifiedAddress } from '../../users/model/verified-address.js';
import { AcquaintancesService } from '../../users/read/acquaintances.service.js';
import type { PlannedEvent, RemindedAttendee } from '../model/planned-event.js';

/** A day of meetings of half an hour with two reminders each stays below; more is of use to nobody but an attacker. */
export const MAX_EMAILS_OF_USER_A_DAY = 50;

/** What keeps a reminder from being mailed. */
export type Obstacle = 'unverified address' | 'invitation of a stranger' | 'too many emails today';

/** Decides whom the service mails: anybody may write any address and any title, so a reminder must not be spam. */
@Injectable()
export class EmailRecipients {
  constructor(
    private readonly configuration: Configuration,
    private readonly limits: AttemptLimitsService,
    private readonly acquaintances: AcquaintancesService,
  ) {}

  /** Why the user gets no email about the occurrence; null: nothing keeps the service from mailing it. */
  async obstacle(
    event: PlannedEvent,
    attendee: RemindedAttendee,
    occurrence: EventOccurrence,
    user: UserRecord,
  ): Promise<Obstacle | null> {
    // Without a normalised address, the address is somebody else's.
    if (user.normalisedEmail === null || !hasVerifiedAddress(user, this.configuration.authMode))
      return 'unverified address';
    const isUnanswered = statusAtOccurrence(attendee)(occurrence) === 'needs_action';
    if (isUnanswered && (await this.isStranger(event.organizerId, user.id)))
      return 'invitation of a stranger';
    return null;
  }

  /** Counts an email of today. Null: there may be one more. The day begins with the first email. */
  async countEmail(userId: number): Promise<Obstacle | null> {
    const limit = { subject: `reminder emails of user ${userId}`, max: MAX_EMAILS_OF_USER_A_DAY };
    try {
      await this.limits.count([limit], DAY, 'Too many reminders by email.');
      return null;
    } catch (error) {
      if (error instanceof TooManyAttemptsError) return 'too many emails today';
      throw error;
    }
  }

  private async isStranger(organizerId: number, userId: number): Promise<boolean> {
    return (await this.acquaintances.strangersAmong(userId, [organizerId])).has(organizerId);
  }
}
