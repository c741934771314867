import { MAX_ID } from '../../platform/values/max-id.js';
import { randomToken } from './random-token.js';

/** The user whose password a token resets. The request has no other caller. */
export interface ResetTokenOwner {
  readonly tenantId: number;
  readonly userId: number;
}

/** The tenant, the user, and 256 random bits in base64url. */
const RESET_TOKEN = /^([1-9]\d{0,9})\.([1-9]\d{0,9})\.[\w-]{43}$/;

/** A new token that names its user, so that the service finds the token by the key of its table. */
export function newResetToken({ tenantId, userId }: ResetTokenOwner): string {
  return `${tenantId}.${userId}.${randomToken()}`;
}

/** The user that a token names, whether or not the service made the token; null: it names none. */
export function ownerOfResetToken(token: string): ResetTokenOwner | null {
  const [, tenant, user] = RESET_TOKEN.exec(token) ?? [];
  const [tenantId, userId] = [Number(tenant), Number(user)];
  return tenantId <= MAX_ID && userId <= MAX_ID ? { tenantId, userId } : null;
}
