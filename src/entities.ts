import { UserDeletion } from './accounts/store/user-deletion.entity.js';
import { ApiKey } from './api-keys/store/api-key.entity.js';
import { ExternalIdentity } from './auth/store/external-identity.entity.js';
import { LoginAttempt } from './auth/store/login-attempt.entity.js';
import { MailedToken } from './auth/store/mailed-token.entity.js';
import { RefreshToken } from './auth/store/refresh-token.entity.js';
import { CalendarSubscription } from './calendar-subscriptions/store/calendar-subscription.entity.js';
import { Calendar } from './calendars/store/calendar.entity.js';
import { CalendarGrant } from './calendars/store/grants/calendar-grant.entity.js';
import { AccountProtection } from './changes/store/account-protection.entity.js';
import { ChangeEpoch } from './changes/store/change-epoch.entity.js';
import { ChangeFloor } from './changes/store/change-floor.entity.js';
import { ChangeMark } from './changes/store/change-mark.entity.js';
import { EventPreviousRow } from './changes/store/event-previous-row.entity.js';
import { GrantChange } from './changes/store/grant-change.entity.js';
import { LoggedEventChange } from './changes/store/logged-event-change.entity.js';
import { CalendarVersion } from './events/store/calendars/calendar-version.entity.js';
import { EventContent } from './events/store/contents/event-content.entity.js';
import { Attendee } from './events/store/entities/attendee.entity.js';
import { Event } from './events/store/entities/event.entity.js';
import { EventText } from './events/store/entities/event-text.entity.js';
import { Guest } from './events/store/entities/guest.entity.js';
import { GuestAnswer } from './events/store/entities/guest-answer.entity.js';
import { OccurrenceAnswer } from './events/store/entities/occurrence-answer.entity.js';
import { OccurrenceOverride } from './events/store/entities/occurrence-override.entity.js';
import { RememberedDecline } from './events/store/entities/remembered-decline.entity.js';
import { InstallationId } from './events/store/uids/installation-id.entity.js';
import { CalendarFeed } from './feeds/store/calendar-feed.entity.js';
import { Hold } from './holds/store/hold.entity.js';
import { HoldMember } from './holds/store/hold-member.entity.js';
import { IdempotencyKey } from './idempotency/store/idempotency-key.entity.js';
import { RoundRobinAssignment } from './meetings/store/round-robin-assignment.entity.js';
import { OutboxMessageRow } from './outbox/store/outbox-message.entity.js';
import { Delivery } from './reminders/store/delivery.entity.js';
import { EventReminders } from './reminders/store/event-reminders.entity.js';
import { PendingReminder } from './reminders/store/pending-reminder.entity.js';
import { Room } from './rooms/store/room.entity.js';
import { Tenant } from './tenants/store/tenant.entity.js';
import { User } from './users/store/user.entity.js';
import { WebhookDelivery } from './webhooks/store/webhook-delivery.entity.js';
import { WebhookFanOut } from './webhooks/store/webhook-fan-out.entity.js';
import { WebhookSubscription } from './webhooks/store/webhook-subscription.entity.js';

/** Every table's entity. */
export const entities = [
  Tenant,
  ApiKey,
  User,
  Calendar,
  CalendarGrant,
  CalendarVersion,
  Room,
  Event,
  EventText,
  EventContent,
  Attendee,
  OccurrenceOverride,
  OccurrenceAnswer,
  Guest,
  GuestAnswer,
  RememberedDecline,
  ExternalIdentity,
  LoginAttempt,
  MailedToken,
  RefreshToken,
  IdempotencyKey,
  OutboxMessageRow,
  EventReminders,
  PendingReminder,
  Delivery,
  Hold,
  HoldMember,
  CalendarFeed,
  CalendarSubscription,
  RoundRobinAssignment,
  UserDeletion,
  LoggedEventChange,
  EventPreviousRow,
  GrantChange,
  AccountProtection,
  ChangeFloor,
  ChangeEpoch,
  ChangeMark,
  InstallationId,
  WebhookSubscription,
  WebhookDelivery,
  WebhookFanOut,
];
