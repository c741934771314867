import { ExternalIdentity } from '../auth/external-identity.entity.js';
import { LoginAttempt } from '../auth/login-attempt.entity.js';
import { MailedToken } from '../auth/mailed-token.entity.js';
import { RefreshToken } from '../auth/refresh-token.entity.js';
import { Attendee } from '../events/attendee.entity.js';
import { Event } from '../events/event.entity.js';
import { OccurrenceAnswer } from '../events/occurrence-answer.entity.js';
import { OccurrenceOverride } from '../events/occurrence-override.entity.js';
import { RememberedDecline } from '../events/remembered-decline.entity.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.entity.js';
import { ReminderDelivery } from '../reminders/delivery/reminder-delivery.entity.js';
import { EventReminders } from '../reminders/event-reminders.entity.js';
import { PendingReminder } from '../reminders/planning/pending-reminder.entity.js';
import { User } from '../users/user.entity.js';

/** Every table's entity. */
export const entities = [
  User,
  Event,
  Attendee,
  OccurrenceOverride,
  OccurrenceAnswer,
  RememberedDecline,
  ExternalIdentity,
  LoginAttempt,
  MailedToken,
  RefreshToken,
  IdempotencyKey,
  EventReminders,
  PendingReminder,
  ReminderDelivery,
];
