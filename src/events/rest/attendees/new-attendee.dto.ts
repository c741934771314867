import { Transform } from 'class-transformer';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField } from '../../../http/fields/choice-field.js';
import { EmailField } from '../../../http/fields/email-field.js';
import { IdField } from '../../../http/fields/integer-field.js';
import { WhenField } from '../../../http/fields/when-field.js';
import {
  ATTENDEE_CONFLICT_POLICIES,
  type ConflictPolicy,
} from '../../../scheduling/booking/conflict-policy.js';
import { GuestNameDto } from '../dto/attendee.dto.js';

@DocumentedAs('NewAttendee', 'A person or a room to invite: exactly one of `user_id`, `room_id` and `email`.')
export class NewAttendeeDto extends GuestNameDto {
  @IdField({ description: 'The user to invite: a person.', example: 2, optional: true })
  user_id?: number;

  @IdField({
    description: 'The room, or the equipment, to invite, instead of `user_id`.',
    example: 5,
    optional: true,
  })
  room_id?: number;

  @Transform(({ value }: { readonly value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @EmailField({
    description:
      'The address of the person to invite, instead of `user_id`. The verified address of a user invites that user.',
    example: 'zoe@example.net',
    optional: true,
  })
  email?: string;

  @WhenField({
    description:
      'The occurrence to which to invite the person, by its original start: an instant, or a date for an all-day event. Absent: the whole event.',
    example: '2022-09-12T14:16:47Z',
    optional: true,
  })
  original_start?: string;

  @ChoiceField(ATTENDEE_CONFLICT_POLICIES, {
    description: 'The action of the service if the person is already busy. See `createEvent`.',
    example: 'allow',
    optional: true,
    default: 'allow',
  })
  conflict_policy?: ConflictPolicy;
}

export class OccurrenceQueryDto {
  @WhenField({
    description:
      'The occurrence from which to remove the attendee, by its original start. Absent: the whole event.',
    example: '2022-09-12T14:16:47Z',
    optional: true,
  })
  original_start?: string;
}
