import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ChoiceField } from '../../http/fields/choice-field.js';
import { IntegerField } from '../../http/fields/integer-field.js';
import { TextField } from '../../http/fields/text-field.js';
import { MAX_REMINDER_MINUTES, REMINDER_METHODS, type ReminderMethod } from '../model/reminder.js';

/** One reminder; two of one method at one time are refused. */
@DocumentedAs('NewReminder', 'One reminder to set.')
export class NewReminderDto {
  @IntegerField({
    description: 'How long before the start of an occurrence, in minutes.',
    example: 10,
    min: 0,
    max: MAX_REMINDER_MINUTES,
  })
  minutes_before!: number;

  @ChoiceField(REMINDER_METHODS, {
    description:
      'How: a line in the log of the service, an email, or a call of `url`. The service mails only a verified address, no unanswered invitation of a stranger, and at most 50 reminders of a user a day.',
    example: 'log',
    optional: true,
    default: 'log',
  })
  method: ReminderMethod = 'log';

  @TextField({
    description:
      'For a webhook: the URL to POST to, `http` or `https` at a public address. For a caller with a token, the service looks the host name up and refuses a name that does not resolve in the same way as a private address.',
    example: 'https://example.com/reminders',
    max: 2_000,
    optional: true,
  })
  url?: string;
}

@DocumentedAs('Reminder', 'One reminder as it is set.')
export class ReminderDto {
  @ApiProperty({
    description: 'How long before the start of an occurrence, in minutes.',
    type: 'integer',
    example: 10,
  })
  minutes_before!: number;

  @ApiProperty({
    description: 'How: a line in the log of the service, an email, or a call of `url`.',
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
