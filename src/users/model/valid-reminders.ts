import { type DomainError, invalidInput } from '../../errors/domain-error.js';
import { webhookUrlOf } from '../../platform/network/webhook-url.js';
import type { NewReminder, Reminder } from './reminder.js';

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
  return reminders.map((reminder, index) => {
    const twin = reminders.findIndex(
      (other) => other.minutesBefore === reminder.minutesBefore && other.method === reminder.method,
    );
    if (twin < index) throw fault(`${field}.${index}`, `is the same as \`${field}\`.${twin}`);
    return validReminder(`${field}.${index}`, reminder, channels);
  });
}

function validReminder(
  field: string,
  { minutesBefore, method, url }: NewReminder,
  channels: ReminderChannels,
): Reminder {
  if (method === 'webhook') {
    if (!channels.webhooks)
      throw fault(`${field}.method`, 'webhook is not available: WEBHOOK_SECRET is not set on this server');
    return { minutesBefore, method, url: webhookUrl(`${field}.url`, url, channels.privateAddresses) };
  }
  if (url !== undefined) throw fault(`${field}.url`, 'goes with the method webhook only');
  if (method === 'email' && !channels.email)
    throw fault(`${field}.method`, 'email is not available: SMTP_URL is not set on this server');
  return { minutesBefore, method };
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
