import { DomainError } from '../../errors/domain-error.js';

/** The refusal of an address that another user of the tenant has. */
export function emailTaken(): DomainError {
  const message = 'belongs to another user';
  return new DomainError('conflict', 'email_taken', `The address ${message}.`, [{ field: 'email', message }]);
}
