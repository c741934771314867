import { type DomainError, invalidInput } from '../../../errors/domain-error.js';
import { webhookUrlOf } from '../../../platform/network/webhook-url.js';
import type { NewReminder, Reminder } from '../reminder.js';
import { minutesBeforeDay } from './reminder-time.js';

/** The channels of delivery that this installation has. */
export interface ReminderChannels {
  readonly email: boolean;
  readonly webhooks: boolean;
  /** Whether a webhook may call an address that is not public. */
  readonly privateAddresses: boolean;
}

/**
 * The reminders as the service keeps them: the URLs of webhooks are normalised. Host names are not resolved.
 * @param field the field that holds the reminders
 * @throws {DomainError} invalid, naming the place in `field`: the installation cannot deliver the reminder, or two
 * reminders have the same method and time
 */
export function validReminders(
  field: string,
  reminders: readonly NewReminder[],
  channels: ReminderChannels,
): Reminder[] {
  const times = reminders.map((reminder, index) => timeOf(`${field}.${index}`, reminder));
  return reminders.map((reminder, index) => {
    const time = times[index];
    const twin = reminders.findIndex(
      ({ method }, other) => times[other].minutesBefore === time.minutesBefore && method === reminder.method,
    );
    if (twin < index) throw fault(`${field}.${index}`, `is the same as \`${field}\`.${twin}`);
    return { ...time, ...validDelivery(`${field}.${index}`, reminder, channels) };
  });
}

/** @throws {DomainError} invalid: the reminder has no time, or two */
function timeOf(
  field: string,
  { minutesBefore, daysBefore, at }: NewReminder,
): Pick<Reminder, 'minutesBefore' | 'byDay'> {
  if (minutesBefore !== undefined) {
    if (daysBefore !== undefined) throw fault(`${field}.days_before`, 'does not go with `minutes_before`');
    if (at !== undefined) throw fault(`${field}.at`, 'does not go with `minutes_before`');
    return { minutesBefore };
  }
  if (daysBefore === undefined)
    throw fault(`${field}.minutes_before`, 'is required, or `days_before` and `at`');
  if (at === undefined) throw fault(`${field}.at`, 'is required with `days_before`');
  return { minutesBefore: minutesBeforeDay({ daysBefore, at }), byDay: true };
}

function validDelivery(
  field: string,
  { method, url }: NewReminder,
  channels: ReminderChannels,
): Pick<Reminder, 'method' | 'url'> {
  if (method === 'webhook') {
    if (!channels.webhooks)
      throw fault(`${field}.method`, 'webhook is not available: WEBHOOK_SECRET is not set on this server');
    return { method, url: webhookUrl(`${field}.url`, url, channels.privateAddresses) };
  }
  if (url !== undefined) throw fault(`${field}.url`, 'goes with the method webhook only');
  if (method === 'email' && !channels.email)
    throw fault(`${field}.method`, 'email is not available: SMTP_URL is not set on this server');
  return { method };
}

function webhookUrl(field: string, text: string | undefined, privateAddresses: boolean): string {
  if (text === undefined) throw fault(field, 'is required for the method webhook');
  const { url, fault: urlFault } = webhookUrlOf(text, privateAddresses);
  if (urlFault !== null) throw fault(field, urlFault);
  return url.href;
}

function fault(field: string, message: string): DomainError {
  return invalidInput({ field, message });
}
