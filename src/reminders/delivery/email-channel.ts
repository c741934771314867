import { Injectable } from '@nestjs/common';
import { formatInTimeZone } from 'date-fns-tz';
import { Mailer } from '../../platform/mail/mailer.js';
import type { ReminderMessage } from './reminder-message.js';

const DATE = 'EEEE, d MMMM yyyy';
const DATE_AND_TIME = `${DATE}, HH:mm`;

/** Sends reminders by email. */
@Injectable()
export class EmailChannel {
  constructor(private readonly mailer: Mailer) {}

  /** Resolves when the mail server has accepted the message. Every attempt has the same Message-ID. */
  async send(message: ReminderMessage): Promise<void> {
    await this.mailer.send({
      to: { name: message.user.name, address: message.user.email },
      messageId: `<${message.notificationId}@calendar.invalid>`,
      subject: `Reminder: ${message.title}`,
      text: textOf(message),
    });
  }
}

function textOf(message: ReminderMessage): string {
  const lines = [message.title, whenOf(message), ...(message.location === null ? [] : [message.location])];
  return `${lines.join('\n')}\n`;
}

/** The start in the zone of the user. The dates of an all-day event are in the zone of the event. */
function whenOf({ startAt, allDay, timeZone, user }: ReminderMessage): string {
  return allDay
    ? `${formatInTimeZone(startAt, timeZone, DATE)}, all day`
    : `${formatInTimeZone(startAt, user.timeZone, DATE_AND_TIME)} (${user.timeZone})`;
}
