import { DomainError, invalidInput } from '../../errors/domain-error.js';

/** The operation that a mailed token permits. */
export type MailedTokenPurpose = 'verify_email' | 'reset_password';

/** A mailed token as the database stores it: the newest of the user for each purpose. */
export interface MailedTokenRecord {
  readonly userId: number;
  readonly purpose: MailedTokenPurpose;
  readonly hash: string;
  /** The normalised address that the service mailed it to. */
  readonly email: string;
  /** The user's generation when the service mailed it. */
  readonly generation: number;
  readonly expiresAt: Date;
}

/**
 * Whether the token still permits its operation.
 * @param generation the present generation of the user; null: the user does not exist
 */
export function isValidMailedToken(
  token: Pick<MailedTokenRecord, 'generation' | 'expiresAt'>,
  generation: number | null,
  now: Date,
): boolean {
  return token.generation === generation && token.expiresAt > now;
}

/** The refusal of a token; the text does not reveal why. */
export function invalidMailedToken(): DomainError {
  const { detail, errors } = invalidInput({
    field: 'token',
    message: 'is unknown, used, too old, or of an earlier address or password',
  });
  return new DomainError('invalid', 'invalid_mailed_token', detail, errors);
}
