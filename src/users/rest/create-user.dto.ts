import { PASSWORD_MIN_LENGTH } from '../../auth/secrets/passwords.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ChoiceField } from '../../http/fields/choice-field.js';
import { EmailField } from '../../http/fields/email-field.js';
import { NestedListField } from '../../http/fields/nested-field.js';
import { PasswordField } from '../../http/fields/password-field.js';
import { TextField } from '../../http/fields/text-field.js';
import { TimeZoneField } from '../../http/fields/time-zone-field.js';
import { DOUBLE_BOOKING, type DoubleBooking } from '../model/double-booking.js';
import { INVITATIONS, type Invitations } from '../model/invitations.js';
import { MAX_REMINDERS } from '../model/reminder.js';
import { NewReminderDto } from './reminder.dto.js';
import { WorkingHoursDto } from './working-hours.dto.js';

@DocumentedAs('NewUser', 'A new user.')
export class CreateUserDto {
  @TextField({ description: 'How others know the user.', example: 'ishcherbina', max: 200 })
  name!: string;

  @EmailField({ description: 'Unique without regard to case.' })
  email!: string;

  @PasswordField({
    description:
      'By which the user logs in; any characters. Who has one is acted for by their own token alone. Without one the user cannot log in by password.',
    min: PASSWORD_MIN_LENGTH,
    optional: true,
  })
  password?: string;

  @TimeZoneField({
    description: "The user's IANA time zone; UTC for a new user who names none.",
    optional: true,
  })
  time_zone?: string;

  @NestedListField(() => WorkingHoursDto, {
    description: "When the user works, in the user's zone; null: any time.",
    optional: true,
    nullable: true,
    max: 50,
  })
  working_hours?: WorkingHoursDto[] | null;

  @ChoiceField(DOUBLE_BOOKING, {
    description:
      'Whether an event may take time of the user that another event takes already; `reject` makes it a 409. Unanswered invitations do not count as taken time here, so accepting one can be a 409 too. `allow` for a new user.',
    example: 'allow',
    optional: true,
  })
  double_booking?: DoubleBooking;

  @ChoiceField(INVITATIONS, {
    description:
      "The people whose unanswered invitations take the user's time, in free/busy, in the search for a free interval and in conflicts: `all`; `known`, people with whom the user shares an event that each of the two organizes or has accepted (an answer to a single occurrence does not count); `none`. An accepted invitation always takes time. `all` for a new user.",
    example: 'all',
    optional: true,
  })
  invitations?: Invitations;

  @NestedListField(() => NewReminderDto, {
    description: 'What reminds the user of an event for which nothing else was said; a new user has none.',
    optional: true,
    max: MAX_REMINDERS,
  })
  default_reminders?: NewReminderDto[];
}
