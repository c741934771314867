import { DomainError } from '../errors/domain-error.js';
import { UnauthenticatedError } from '../errors/unauthenticated-error.js';
import type { Actor } from './actor.js';

/** What a policy says: do it, say first who you are, or leave it. */
export type Decision = 'allow' | 'authenticate' | 'forbid';

/** What a policy needs to know of the user for whom somebody acts. */
export interface Principal {
  readonly id: number;
  /** Whether the user can log in, so that their own token alone acts for them. */
  readonly protected: boolean;
}

/** A token acts for its own user alone; without one, anybody acts for those who cannot log in. */
export function actingFor(actor: Actor, user: Principal): Decision {
  if (actor.kind === 'user') return actor.userId === user.id ? 'allow' : 'forbid';
  return user.protected ? 'authenticate' : 'allow';
}

/**
 * Lets the work go on, or refuses it.
 * @param refusal a sentence that says who may
 * @throws {UnauthenticatedError} @throws {DomainError} forbidden
 */
export function enforce(decision: Decision, refusal: string): void {
  if (decision === 'authenticate')
    throw new UnauthenticatedError('token_required', `${refusal} The request has no token.`);
  if (decision === 'forbid') throw new DomainError('forbidden', 'forbidden', refusal);
}
