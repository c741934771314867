import { Transform } from 'class-transformer';
import { MAX_USER_NAME_LENGTH } from '../../../auth/model/user-limits.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField } from '../../../http/fields/choice-field.js';
import { EmailField } from '../../../http/fields/email-field.js';
import { TextField } from '../../../http/fields/text-field.js';
import { ATTENDEE_ROLES, type AttendeeRole } from '../../model/event-words.js';

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
