import { type AuthMode } from '../../platform/configuration/sections/access-configuration.js';
import type { UserRecord } from './user-record.js';

/**
 * Whether the user's address counts as verified: an identity provider or a mailed token confirmed it, or the service
 * runs with `AUTH_MODE=optional`.
 */
export function hasVerifiedAddress(
  { emailVerifiedAt }: Pick<UserRecord, 'emailVerifiedAt'>,
  authMode: AuthMode,
): boolean {
  return emailVerifiedAt !== null || authMode === 'optional';
}
