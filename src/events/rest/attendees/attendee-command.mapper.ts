import { type DomainError, invalidInput } from '../../../errors/domain-error.js';
import type { NewAttendance } from '../../model/commands.js';
import { toNewGuest, toWhen } from '../event-command.mapper.js';
import type { NewAttendeeDto } from './new-attendee.dto.js';

/** @throws {DomainError} invalid, naming the field */
export function toNewAttendance(input: NewAttendeeDto): NewAttendance {
  const { original_start: originalStart, role } = input;
  return {
    invited: toInvited(input),
    ...(role !== undefined && { role }),
    ...(originalStart !== undefined && { originalStart: toWhen('original_start', originalStart) }),
    conflictPolicy: input.conflict_policy ?? 'allow',
  };
}

/** Exactly one of `user_id`, `room_id` and `email`. */
function toInvited(input: NewAttendeeDto): NewAttendance['invited'] {
  const { user_id: userId, room_id: roomId, email, name } = input;
  const named = [userId, roomId, email].filter((value) => value !== undefined);
  if (named.length > 1) throw notOne(userId === undefined ? 'room_id' : 'user_id');
  if (email !== undefined) return { guest: toNewGuest({ ...input, email }) };
  if (name !== undefined)
    throw invalidInput({ field: 'name', message: 'goes with email only: a user and a room have a name' });
  if (userId !== undefined) return { userId };
  if (roomId !== undefined) return { roomId };
  throw notOne('user_id');
}

function notOne(field: string): DomainError {
  return invalidInput({ field, message: 'a request has exactly one of user_id, room_id and email' });
}
