import type { Proof } from '../../access/actor.js';

/** Milliseconds, of the contract. Long enough to fill in a form, short enough that a forgotten session is of no use. */
export const FRESH_LOGIN = 10 * 60_000;

/** Milliseconds by which the clock of an identity provider may be ahead. */
const CLOCK_TOLERANCE = 30_000;

/** Whether the user logged in during the last ten minutes, by what the token tells. */
export function isFresh({ authenticatedAt }: Proof, now: Date): boolean {
  if (authenticatedAt === null) return false;
  const age = now.getTime() - authenticatedAt.getTime();
  return age <= FRESH_LOGIN && age >= -CLOCK_TOLERANCE;
}
