import type { Proof } from '../../access/actor.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import type { User } from '../store/user.entity.js';

/** What a request changes of a user's address. */
export interface AddressChange {
  readonly changes: Partial<Pick<User, 'email' | 'emailVerifiedAt'>>;
  /** Whether it is another address, rather than another spelling of the same. */
  readonly isNew: boolean;
  /** The normalised address, if the caller proves to have it, so that no other user keeps it unverified. */
  readonly takesAway: string | null;
}

/** @param email as the client wrote it; undefined: the address stays */
export function addressChangeOf(
  user: Pick<User, 'email' | 'normalisedEmail' | 'emailVerifiedAt'>,
  email: string | undefined,
  proof: Proof | null,
  now: Date,
): AddressChange {
  if (email === undefined || email === user.email) return { changes: {}, isNew: false, takesAway: null };
  const normalised = normalisedEmail(email);
  if (normalised === user.normalisedEmail) {
    return { changes: { email, emailVerifiedAt: user.emailVerifiedAt }, isNew: false, takesAway: null };
  }
  const isProved = normalised !== null && proof?.verifiedEmail === normalised;
  return {
    changes: { email, emailVerifiedAt: isProved ? now : null },
    isNew: true,
    takesAway: isProved ? normalised : null,
  };
}
