import type { Authentication } from '../../access/actor.js';
import { MINUTE, SECOND } from '../../calendar/time/civil-time.js';

/**
 * Milliseconds, by the contract of the API. A user can fill in a form in this time, and a session that a user left open
 * on another machine is soon of no use.
 */
export const MAX_AUTHENTICATION_AGE = 10 * MINUTE;

/** Milliseconds by which the clock of an identity provider may differ from the clock of the service. */
export const PROVIDER_CLOCK_TOLERANCE = 30 * SECOND;

/** Whether the token shows a login of the last ten minutes, both bounds included. */
export function isRecentLogin(
  { authenticatedAt }: Pick<Authentication, 'authenticatedAt'>,
  now: Date,
): boolean {
  if (authenticatedAt === null) return false;
  const age = now.getTime() - authenticatedAt.getTime();
  return age <= MAX_AUTHENTICATION_AGE && age >= -PROVIDER_CLOCK_TOLERANCE;
}
