import { DomainError } from '../errors/domain-error.js';
import { UnauthenticatedError } from '../errors/unauthenticated-error.js';
import type { Actor } from './actor.js';

/** The result of a policy. `authenticate`: the policy cannot allow a request without a token. */
export type Decision = 'allow' | 'authenticate' | 'forbid';

/** The user on whose behalf an actor acts, as in RFC 8693 §1.1. */
export interface Subject {
  readonly id: number;
  /** Whether the user can log in, so that only the user's own token may act for the user. */
  readonly protected: boolean;
}

/** A key may act for every user of its tenant. A caller with a token may act for its own user only. A caller without one may act for a user who cannot log in. */
export function mayActFor(actor: Actor, user: Subject): Decision {
  if (actor.kind === 'key') return 'allow';
  if (actor.kind === 'user') return actor.userId === user.id ? 'allow' : 'forbid';
  return user.protected ? 'authenticate' : 'allow';
}

/**
 * Returns for `allow`, and throws for the other decisions.
 * @param refusal a sentence that names the users who may do it
 * @throws {UnauthenticatedError} @throws {DomainError} forbidden
 */
export function enforce(decision: Decision, refusal: string): void {
  if (decision === 'authenticate')
    throw new UnauthenticatedError('token_required', `${refusal} The request has no token.`);
  if (decision === 'forbid') throw new DomainError('forbidden', 'forbidden', refusal);
}
