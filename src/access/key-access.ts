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

/**
 * Whether the product itself sends the request: by an API key, also with `Act-As-User`, or without a token. A person, and
 * a browser with an exchanged token, is no product.
 */
function isProduct(actor: Actor): boolean {
  return actor.kind !== 'user' || actor.authentication?.kind === 'delegated';
}

/** @throws {DomainError} forbidden `key_required`, unless the product itself sends the request */
export function requireProduct(actor: Actor): void {
  if (!isProduct(actor))
    throw new DomainError('forbidden', 'key_required', 'Only an API key may send this request.');
}

/**
 * Refuses a person who names an external id.
 * @param externalId undefined: the request names none
 * @throws {DomainError} forbidden `key_required`, naming `externalId`
 */
export function refuseExternalIdOfPerson(actor: Actor, externalId: string | null | undefined): void {
  if (externalId === undefined || isProduct(actor)) return;
  const message = 'may be set by an API key only';
  throw new DomainError('forbidden', 'key_required', `\`externalId\` ${message}.`, [
    { field: 'externalId', message },
  ]);
}
