import { DomainError } from '../errors/domain-error.js';
import type { Actor, CallerKey } from './actor.js';
import { missingScope, type Scope } from './scope.js';

/** @throws {DomainError} forbidden `scope_missing`, naming the first scope that the key lacks */
export function requireScopes({ scopes: held }: Pick<CallerKey, 'scopes'>, scopes: Iterable<Scope>): void {
  const missing = missingScope(held, scopes);
  if (missing !== null)
    throw new DomainError('forbidden', 'scope_missing', `The API key lacks the scope \`${missing}\`.`);
}

/**
 * The key of a caller that acts as the service itself.
 * @throws {DomainError} forbidden `key_required`
 */
export function requireKey(actor: Actor): CallerKey {
  if (actor.kind !== 'key')
    throw new DomainError('forbidden', 'key_required', 'Only an API key may send this request.');
  return actor.key;
}

/**
 * Whether an API key acts as a user, by `Act-As-User` or by an exchanged token.
 * @public Unit tests use it.
 */
export function isDelegated(actor: Actor): boolean {
  return actor.kind === 'user' && actor.key !== undefined;
}

/**
 * Refuses a caller that acts as a user by an API key: it could plant a credential that outlives the key.
 * @throws {DomainError} forbidden `reauthentication_required`
 */
export function refuseDelegated(actor: Actor): void {
  if (!isDelegated(actor)) return;
  throw new DomainError(
    'forbidden',
    'reauthentication_required',
    'An API key cannot do this as a user. The user must log in, or the key must act as itself.',
  );
}
