import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { MAX_USER_NAME_LENGTH } from '../../../auth/model/user-limits.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField } from '../../../http/fields/choice-field.js';
import { EmailField } from '../../../http/fields/email-field.js';
import { TextField } from '../../../http/fields/text-field.js';
import { UserSummaryDto } from '../../../users/rest/user.dto.js';
import {
  ATTENDEE_ROLES,
  type AttendeeRole,
  PARTICIPATION_STATUSES,
  type ParticipationStatus,
} from '../../model/event-words.js';

@DocumentedAs('Guest', 'An attendee without an account.')
export class GuestDto {
  @ApiProperty({
    description:
      'The address. Null: the caller is neither the organizer nor an attendee of the event, nor an API key.',
    type: 'string',
    nullable: true,
    example: 'zoe@example.net',
  })
  email!: string | null;

  @ApiProperty({
    description: 'The name that the organizer gave; null: none.',
    type: 'string',
    nullable: true,
    example: 'Zoe',
  })
  name!: string | null;
}

@DocumentedAs('Attendee', 'An attendee of an event, with the participation status.')
export class AttendeeDto {
  @ApiProperty({
    description: 'The participation status.',
    enum: PARTICIPATION_STATUSES,
    example: 'organizer',
  })
  status!: ParticipationStatus;

  @ApiProperty({
    description: 'Whether the attendance is required or optional. The organizer is required.',
    enum: ATTENDEE_ROLES,
    example: 'required',
  })
  role!: AttendeeRole;

  @ApiProperty({
    description:
      'Whether the attendee attends only some occurrences of the series. The occurrences list the answers of the attendee, and `status` sums them up: `needs_action` if one is open, else the firmest of them.',
    example: false,
  })
  only_occurrences!: boolean;

  @ApiProperty({
    description: 'The attendee; null: a guest without an account.',
    type: UserSummaryDto,
    nullable: true,
  })
  user!: UserSummaryDto | null;

  @ApiProperty({
    description: 'The guest; null: a user.',
    type: GuestDto,
    nullable: true,
    example: null,
  })
  guest!: GuestDto | null;

  @ApiProperty({
    description: 'The invite; null for the organizer.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  invite_id!: number | null;

  @ApiProperty({
    description: 'The comment that the attendee gave with the answer.',
    type: 'string',
    nullable: true,
    example: null,
  })
  comment!: string | null;

  @ApiProperty({
    description: 'The time of the invitation.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'The time of the last change of the answer.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  updated_at!: string;
}

function withoutSpaces({ value }: { readonly value: unknown }): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** Someone named by an address, without an address to name. */
export class GuestNameDto {
  @TextField({
    description: 'The name of a guest. A user keeps the name of the account.',
    example: 'Zoe',
    max: MAX_USER_NAME_LENGTH,
    optional: true,
    nullable: true,
  })
  name?: string | null;

  @ChoiceField(ATTENDEE_ROLES, {
    description:
      'Whether the attendance is required or optional. Absent: required, or the role that the attendee has.',
    example: 'required',
    optional: true,
  })
  role?: AttendeeRole;
}

@DocumentedAs('Invited', 'A person to invite by an address.')
export class InvitedDto extends GuestNameDto {
  @Transform(withoutSpaces)
  @EmailField({
    description: 'The address. The service ignores the case of its letters.',
    example: 'zoe@example.net',
  })
  email!: string;
}
