import type { ExternalAccount } from '../model/external-account.js';
import type { TokenSubject } from '../model/token-subject.js';

/** The caller that a request claims to come from, for the limits of requests. */
export interface ClaimedCaller {
  /** The API key, also that of an exchanged token; null: none that this instance knows. */
  readonly keyId: number | null;
  /** A text that stands for the user; null: none that this instance knows. */
  readonly user: string | null;
}

export const UNKNOWN_CALLER: ClaimedCaller = { keyId: null, user: null };

/**
 * The text of a user. Each generation has its own, so that a client with a token of an ended generation uses up no
 * requests of the user.
 */
export function claimedUser({ userId, generation }: Pick<TokenSubject, 'userId' | 'generation'>): string {
  return `user ${userId} ${generation}`;
}

/** The text of an account of an identity provider, whose user only a query finds. */
export function claimedAccount({ issuer, subject }: Pick<ExternalAccount, 'issuer' | 'subject'>): string {
  return `account ${issuer} ${subject}`;
}
