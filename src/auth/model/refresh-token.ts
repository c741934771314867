/** A refresh token as the database stores it. The tokens of one login are a family: each replaces the one before. */
export interface RefreshTokenRecord {
  readonly hash: string;
  readonly family: string;
  readonly userId: number;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** The user's generation when the session began. */
  readonly generation: number;
  /** When a client exchanged it for the next token of its family. */
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** `revoke`: the token was used before, so it was stolen, and its family ends (RFC 9700 §4.14.2). */
export type RefreshDecision = 'exchange' | 'refuse' | 'revoke';

/**
 * Decides on a request to exchange the token.
 * @param generation the present generation of the user; null: the user does not exist
 */
export function refreshDecision(
  token: Pick<RefreshTokenRecord, 'expiresAt' | 'generation' | 'usedAt' | 'revokedAt'>,
  generation: number | null,
  now: Date,
): RefreshDecision {
  if (token.revokedAt !== null || token.expiresAt <= now || token.generation !== generation) return 'refuse';
  return token.usedAt === null ? 'exchange' : 'revoke';
}
