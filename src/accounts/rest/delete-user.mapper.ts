import { invalidInput } from '../../errors/domain-error.js';
import type { WireNames } from '../../http/wire-names/wire-names.js';
import type { DeleteUser } from '../model/user-deletion.js';
import type { DeleteUserDto } from './delete-user.dto.js';

/** The names in requests of the fields of `DeleteUser`. */
export const DELETION_FIELDS: WireNames = { transferTo: 'transfer_to' };

/** @throws {DomainError} invalid, naming `transfer_to` */
export function toDeleteUser(
  userId: number,
  { events = 'cancel', transfer_to: transferTo }: DeleteUserDto,
): DeleteUser {
  if (events === 'transfer' && transferTo === undefined)
    throw invalidInput({ field: 'transfer_to', message: 'is required for events=transfer' });
  if (events !== 'transfer' && transferTo !== undefined)
    throw invalidInput({ field: 'transfer_to', message: 'goes with events=transfer only' });
  return { userId, transferTo: transferTo ?? null };
}
