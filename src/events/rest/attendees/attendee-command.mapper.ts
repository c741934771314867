import { invalidInput } from '../../../errors/domain-error.js';
import { normalisedEmail } from '../../../platform/mail/email-address.js';
import type { NewAttendance, NewGuest } from '../../model/commands.js';
import type { InvitedDto } from './invited.dto.js';
import type { NewAttendeeDto } from './new-attendee.dto.js';

/** People by their addresses, one of each normalised address: of two with one address, the last. */
export function toNewGuests(invited: readonly InvitedDto[]): NewGuest[] {
  return [...new Map(invited.map((one) => [normalisedEmail(one.email), toNewGuest(one)])).values()];
}

/** @throws {DomainError} invalid, naming the field */
export function toNewAttendance(
  input: NewAttendeeDto,
  toWhen: (field: string, text: string) => NonNullable<NewAttendance['originalStart']>,
): NewAttendance {
  const { user_id: userId, email, original_start: originalStart } = input;
  if ((userId === undefined) === (email === undefined))
    throw invalidInput({ field: 'user_id', message: 'or email is required, and only one of them' });
  if (userId !== undefined && input.name !== undefined)
    throw invalidInput({ field: 'name', message: 'goes with email only: a user has a name' });
  return {
    invited: email === undefined ? { userId: userId as number } : { guest: toNewGuest({ ...input, email }) },
    role: input.role ?? 'required',
    ...(originalStart !== undefined && { originalStart: toWhen('original_start', originalStart) }),
    conflictPolicy: input.conflict_policy ?? 'allow',
  };
}

/** @throws {DomainError} invalid, naming `email` */
function toNewGuest({ email, name, role }: InvitedDto): NewGuest {
  const address = normalisedEmail(email);
  if (address === null) throw invalidInput({ field: 'email', message: 'must be an email address' });
  return { address, email, ...(name !== undefined && { name }), ...(role !== undefined && { role }) };
}
