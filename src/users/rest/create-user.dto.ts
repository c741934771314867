import { MAX_USER_NAME_LENGTH } from '../../auth/model/user-limits.js';
import { PASSWORD_MIN_LENGTH } from '../../auth/secrets/passwords.js';
import { MAX_AWAY } from '../../calendar/availability/hours/away.js';
import { MAX_DATE_HOURS } from '../../calendar/availability/hours/date-hours.js';
import { MAX_SHIFTS } from '../../calendar/availability/working-hours.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ChoiceField } from '../../http/fields/choice-field.js';
import { EmailField } from '../../http/fields/email-field.js';
import { NestedListField } from '../../http/fields/nested-field.js';
import { PasswordField } from '../../http/fields/password-field.js';
import { ExternalIdField, MetadataField } from '../../http/fields/product/product-data-fields.js';
import { TextField } from '../../http/fields/text-field.js';
import { TimeZoneField } from '../../http/fields/time-zone-field.js';
import type { MetadataPatch } from '../../platform/values/metadata.js';
import { DOUBLE_BOOKING_RULES, type DoubleBooking } from '../model/double-booking.js';
import { INVITATION_SOURCES, type Invitations } from '../model/invitations.js';
import { MAX_REMINDERS } from '../model/reminder.js';
import { AvailabilityOverrideDto, NewAwayDto } from './availability.dto.js';
import { NewReminderDto } from './reminder.dto.js';
import { WorkingHoursDto } from './working-hours.dto.js';

@DocumentedAs('NewUser', 'A new user.')
export class CreateUserDto {
  @TextField({
    description: 'The name that other users see.',
    example: 'ishcherbina',
    max: MAX_USER_NAME_LENGTH,
  })
  name!: string;

  @EmailField({ description: 'The address, which is unique. The service ignores the case of its letters.' })
  email!: string;

  @PasswordField({
    description:
      "The password for the login, of any characters. If a user has a password, only the user's own token may act for the user. Without a password, the user cannot log in by password.",
    min: PASSWORD_MIN_LENGTH,
    optional: true,
  })
  password?: string;

  @TimeZoneField({
    description: "The user's IANA time zone. The default for a new user is UTC.",
    optional: true,
  })
  time_zone?: string;

  @NestedListField(() => WorkingHoursDto, {
    description: "The working hours of the user, in the user's time zone; null: any time.",
    optional: true,
    nullable: true,
    max: MAX_SHIFTS,
  })
  working_hours?: WorkingHoursDto[] | null;

  @NestedListField(() => AvailabilityOverrideDto, {
    description:
      'The dates with other hours than `working_hours`. A change replaces the whole list. The hours of a date hold for searches with `working_hours=true`, and are not busy time. The default for a new user is an empty list.',
    optional: true,
    max: MAX_DATE_HOURS,
  })
  availability_overrides?: AvailabilityOverrideDto[];

  @NestedListField(() => NewAwayDto, {
    description:
      'The times in which the user is away. A change replaces the whole list. Such time is busy time, `out_of_office` in free/busy, also for searches with `working_hours=false`. It comes before the hours of dates, and those before `working_hours`. The default for a new user is an empty list.',
    optional: true,
    max: MAX_AWAY,
  })
  away?: NewAwayDto[];

  @ChoiceField(DOUBLE_BOOKING_RULES, {
    description:
      'Whether events of the user may overlap. With `reject`, the service refuses a request that makes events overlap (409). Unanswered invitations do not count here, so the service can also refuse an answer that accepts an invitation. The default for a new user is `allow`.',
    example: 'allow',
    optional: true,
  })
  double_booking?: DoubleBooking;

  @ChoiceField(INVITATION_SOURCES, {
    description:
      'The organizers whose unanswered invitations make the user busy, in free/busy, in the search for a free interval and in conflicts: `all`; `known`, users with whom the user shares an event that each of them organizes or has accepted (an answer to a single occurrence does not count); `none`. An accepted invitation always counts. The default for a new user is `all`.',
    example: 'all',
    optional: true,
  })
  invitations?: Invitations;

  @NestedListField(() => NewReminderDto, {
    description: 'The reminders of an event for which the user has set none. A new user has no reminders.',
    optional: true,
    max: MAX_REMINDERS,
  })
  default_reminders?: NewReminderDto[];

  @ExternalIdField('user')
  external_id?: string | null;

  @MetadataField('user')
  metadata?: MetadataPatch;
}
