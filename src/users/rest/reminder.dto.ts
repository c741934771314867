import { ApiProperty } from '@nestjs/swagger';
import { SHIFT_STARTS } from '../../calendar/availability/hours/shift-times.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ChoiceField } from '../../http/fields/choice-field.js';
import { IntegerField } from '../../http/fields/integer-field.js';
import { TextField } from '../../http/fields/text-field.js';
import {
  MAX_EMAILS_OF_USER_A_DAY,
  MAX_REMINDER_DAYS,
  MAX_REMINDER_MINUTES,
  MAX_WEBHOOK_URL_LENGTH,
  REMINDER_METHODS,
  type ReminderMethod,
} from '../model/reminder.js';
import { ShiftTimeField } from './shift-time-field.js';

@DocumentedAs(
  'NewReminder',
  'A reminder to set: `minutes_before` the start, or, for all-day events, `at` a time of the day that is `days_before` the first day. The service refuses two reminders with the same method and time.',
)
export class NewReminderDto {
  @IntegerField({
    description: 'Minutes from the reminder to the start of the occurrence. Required without `days_before`.',
    example: 10,
    min: 0,
    max: MAX_REMINDER_MINUTES,
    optional: true,
  })
  minutes_before?: number;

  @IntegerField({
    description:
      'Days from the day of the reminder to the first day of the occurrence. Such a reminder is of all-day events only. If an all-day event has such reminders, its reminders with `minutes_before` do not fire.',
    example: 1,
    min: 0,
    max: MAX_REMINDER_DAYS,
    optional: true,
  })
  days_before?: number;

  @ShiftTimeField(
    {
      description:
        'With `days_before`: the time of the day, in the time zone of the user. If the zone of the user changes, the reminder is planned again.',
      example: '18:00',
      optional: true,
    },
    SHIFT_STARTS,
  )
  at?: string;

  @ChoiceField(REMINDER_METHODS, {
    description: `A line in the log of the service, an email, or a call of \`url\`. The service sends an email only to a verified address, never for an unanswered invitation of a stranger, and at most ${MAX_EMAILS_OF_USER_A_DAY} times a day for each user.`,
    example: 'log',
    optional: true,
    default: 'log',
  })
  method: ReminderMethod = 'log';

  @TextField({
    description:
      'For a webhook: the URL to POST to, `http` or `https` at a public address. For a caller with a token, the service resolves the host name. If the name does not resolve, the service refuses the URL with the same problem as for a private address.',
    example: 'https://example.com/reminders',
    max: MAX_WEBHOOK_URL_LENGTH,
    optional: true,
  })
  url?: string;
}

@DocumentedAs('Reminder', 'A reminder.')
export class ReminderDto {
  @ApiProperty({
    description:
      'Minutes from the reminder to the start of the occurrence; absent for a reminder with `days_before`.',
    type: 'integer',
    required: false,
    example: 10,
  })
  minutes_before?: number;

  @ApiProperty({
    description:
      'For a reminder at a time of a day, of all-day events only: days from the day of the reminder to the first day of the occurrence.',
    type: 'integer',
    required: false,
    example: 1,
  })
  days_before?: number;

  @ApiProperty({
    description: 'With `days_before`: the time of the day, in the time zone of the user.',
    required: false,
    example: '18:00',
  })
  at?: string;

  @ApiProperty({
    description: 'A line in the log of the service, an email, or a call of `url`.',
    enum: REMINDER_METHODS,
    example: 'log',
  })
  method!: ReminderMethod;

  @ApiProperty({
    description: 'The URL that a webhook calls; absent for the other methods.',
    required: false,
    example: 'https://example.com/reminders',
  })
  url?: string;
}
