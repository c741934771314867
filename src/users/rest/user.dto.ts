import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ApiExternalId, ApiMetadata } from '../../http/document/product-data.js';
import type { Metadata } from '../../platform/values/metadata.js';
import { DOUBLE_BOOKING_RULES, type DoubleBooking } from '../model/double-booking.js';
import { INVITATION_SOURCES, type Invitations } from '../model/invitations.js';
import { USER_KINDS, type UserKind } from '../model/user-record.js';
import { AvailabilityOverrideDto, AwayDto } from './availability.dto.js';
import { ReminderDto } from './reminder.dto.js';
import { WorkingHoursDto } from './working-hours.dto.js';

@DocumentedAs('UserSummary', 'A user as an attendee of an event.')
export class UserSummaryDto {
  @ApiProperty({ description: 'The identity of the user.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'The name that other users see.', example: 'ishcherbina' })
  name!: string;

  @ApiProperty({
    description:
      'The email address as the user entered it. Null if the server has `DIRECTORY=shared` and the caller does not see the user, such as an invited user without an accepted invitation.',
    type: 'string',
    format: 'email',
    nullable: true,
    example: 'ishcherbina@example.com',
  })
  email!: string | null;

  @ApiProperty({
    description: 'Whether this is a person, a room or a piece of equipment.',
    enum: USER_KINDS,
    example: 'person',
  })
  kind!: UserKind;

  @ApiProperty({
    description: 'The time of the creation.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.878Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'The time of the last change.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.878Z',
  })
  updated_at!: string;
}

@DocumentedAs('User', 'A user.')
export class UserDto extends UserSummaryDto {
  @ApiProperty({
    description: 'The email address as the user entered it.',
    type: 'string',
    format: 'email',
    // The property of the summary, which may be null, is merged into this one.
    nullable: false,
    example: 'ishcherbina@example.com',
  })
  declare email: string;

  @ApiProperty({ description: "The user's IANA time zone.", example: 'Europe/Moscow' })
  time_zone!: string;

  @ApiProperty({
    description: 'The working hours of the user; null: any time.',
    type: [WorkingHoursDto],
    nullable: true,
  })
  working_hours!: WorkingHoursDto[] | null;

  @ApiProperty({
    description: 'The dates with other hours than `working_hours`, by date.',
    type: [AvailabilityOverrideDto],
  })
  availability_overrides!: AvailabilityOverrideDto[];

  @ApiProperty({
    description:
      'The times in which the user is away, which are busy time. Absent if the user hides all calendars that count as busy from the caller, so that free/busy is null.',
    type: [AwayDto],
    required: false,
  })
  away?: AwayDto[];

  @ApiProperty({
    description: 'Whether events of the user may overlap.',
    enum: DOUBLE_BOOKING_RULES,
    example: 'allow',
  })
  double_booking!: DoubleBooking;

  @ApiProperty({
    description: 'The organizers whose unanswered invitations make the user busy.',
    enum: INVITATION_SOURCES,
    example: 'all',
  })
  invitations!: Invitations;

  @ApiProperty({
    description:
      'Whether the address counts as verified: an identity provider or `:verify-email` confirmed it, or the service runs with `AUTH_MODE=optional`. Absent unless the caller is the user.',
    required: false,
    example: true,
  })
  email_verified?: boolean;

  @ApiProperty({
    description:
      'The reminders of an event for which the user has set none. Absent unless the caller is the user.',
    type: [ReminderDto],
    required: false,
  })
  default_reminders?: ReminderDto[];

  @ApiExternalId('user', 'the user or an API key')
  external_id?: string | null;

  @ApiMetadata('user', 'the user or an API key')
  metadata?: Metadata;
}
