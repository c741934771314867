import { invalidInput } from '../../../errors/domain-error.js';
import type { NewAttendance } from '../../model/commands.js';
import { toNewGuest, toWhen } from '../event-command.mapper.js';
import type { NewAttendeeDto } from './new-attendee.dto.js';

/** @throws {DomainError} invalid, naming the field */
export function toNewAttendance(input: NewAttendeeDto): NewAttendance {
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
