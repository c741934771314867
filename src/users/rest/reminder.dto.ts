import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ChoiceField } from '../../http/fields/choice-field.js';
import { IntegerField } from '../../http/fields/integer-field.js';
import { TextField } from '../../http/fields/text-field.js';
import {
  MAX_EMAILS_OF_USER_A_DAY,
  MAX_REMINDER_MINUTES,
  MAX_WEBHOOK_URL_LENGTH,
  REMINDER_METHODS,
  type ReminderMethod,
} from '../model/reminder.js';

@DocumentedAs(
  'NewReminder',
  'A reminder to set. The service refuses two reminders with the same method and time.',
)
export class NewReminderDto {
  @IntegerField({
    description: 'Minutes from the reminder to the start of the occurrence.',
    example: 10,
    min: 0,
    max: MAX_REMINDER_MINUTES,
  })
  minutes_before!: number;

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
    description: 'Minutes from the reminder to the start of the occurrence.',
    type: 'integer',
    example: 10,
  })
  minutes_before!: number;

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
