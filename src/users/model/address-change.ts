import { type Actor, authenticationOf } from '../../access/actor.js';
import { DomainError } from '../../errors/domain-error.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import type { UserRecord } from './user-record.js';

/** The effect of a request on a user's address. */
export interface AddressChange {
  readonly columns: Partial<Pick<UserRecord, 'email' | 'emailVerifiedAt'>>;
  /** Whether the request has another address, rather than another spelling of the same address. */
  readonly isNew: boolean;
  /** The new address in its normalised form, if the caller's identity token confirms it; else null. */
  readonly confirmed: string | null;
}

const UNCHANGED: AddressChange = { columns: {}, isNew: false, confirmed: null };

/**
 * Compares a requested address with the user's. Another spelling of the same address stays verified. A new address is
 * unverified, unless the identity token of the caller confirms it. An address that an API key sets is verified.
 * @param email as the client wrote it; undefined: the request leaves the address as it is
 */
export function addressChangeOf(
  user: Pick<UserRecord, 'email' | 'normalisedEmail' | 'emailVerifiedAt'>,
  email: string | undefined,
  actor: Actor,
  now: Date,
): AddressChange {
  if (email === undefined) return UNCHANGED;
  const normalised = normalisedEmail(email);
  if (actor.kind === 'key') {
    const isNew = email !== user.email && normalised !== user.normalisedEmail;
    return { columns: { email, emailVerifiedAt: now }, isNew, confirmed: null };
  }
  if (email === user.email) return UNCHANGED;
  if (normalised === user.normalisedEmail)
    return { columns: { email, emailVerifiedAt: user.emailVerifiedAt }, isNew: false, confirmed: null };
  const isConfirmed = normalised !== null && authenticationOf(actor)?.verifiedEmail === normalised;
  return {
    columns: { email, emailVerifiedAt: isConfirmed ? now : null },
    isNew: true,
    confirmed: isConfirmed ? normalised : null,
  };
}

/** The refusal of an address that another user of the tenant has. */
export function emailTaken(): DomainError {
  const message = 'belongs to another user';
  return new DomainError('conflict', 'email_taken', `The address ${message}.`, [{ field: 'email', message }]);
}
