import { DomainError } from '../errors/domain-error.js';
import type { AuthMode } from '../platform/configuration/sections/access-configuration.js';
import { type Actor, type CallerKey, keyOf } from './actor.js';
import { missingScope, type Scope } from './scope.js';

/**
 * @param holder what lacks a scope, for the detail of the refusal
 * @throws {DomainError} forbidden `scope_missing`, naming the first scope that is missing
 */
export function requireScopes(
  { scopes: held }: Pick<CallerKey, 'scopes'>,
  scopes: Iterable<Scope>,
  holder: 'API key' | 'exchanged token' = 'API key',
): void {
  const missing = missingScope(held, scopes);
  if (missing !== null)
    throw new DomainError('forbidden', 'scope_missing', `The ${holder} lacks the scope \`${missing}\`.`);
}

/**
 * Refuses a caller whose key, or whose exchanged token, lacks the scope of an operation.
 * @throws {DomainError} forbidden `scope_missing`
 */
export function requireScopeOfCaller(actor: Actor, scope: Scope): void {
  const key = keyOf(actor);
  if (key === null) return;
  const isExchanged = actor.kind === 'user' && actor.authentication?.kind === 'exchanged-token';
  requireScopes(key, [scope], isExchanged ? 'exchanged token' : 'API key');
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
 * Refuses a person, also one for whom a key acts. An operation that every caller may send serves a request without a token
 * only with `AUTH_MODE=optional`.
 * @throws {DomainError} forbidden `key_required`
 */
export function refusePerson(actor: Actor): void {
  if (actor.kind !== 'anonymous') requireKey(actor);
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
 * @param remedy what the key can do instead
 * @throws {DomainError} forbidden `reauthentication_required`
 */
export function refuseDelegated(actor: Actor, remedy = 'the key must act as itself'): void {
  if (!isDelegated(actor)) return;
  throw new DomainError(
    'forbidden',
    'reauthentication_required',
    `An API key cannot do this as a user. The user must log in, or ${remedy}.`,
  );
}

/**
 * Whether the product itself sends the request: by an API key, also with `Act-As-User`, or, with `AUTH_MODE=optional`,
 * without a token. A person, and a browser with an exchanged token, is no product.
 */
function isProduct(actor: Actor, authMode: AuthMode): boolean {
  if (actor.kind === 'anonymous') return authMode === 'optional';
  return actor.kind === 'key' || actor.authentication?.kind === 'delegated';
}

/** @throws {DomainError} forbidden `key_required`, unless the product itself sends the request */
export function requireProduct(actor: Actor): void {
  if (!isProduct(actor, 'optional'))
    throw new DomainError('forbidden', 'key_required', 'Only an API key may send this request.');
}

/**
 * Refuses a person who names an external id.
 * @param externalId undefined: the request names none
 * @param authMode for a public route; others serve a request without a token only with `AUTH_MODE=optional`
 * @throws {DomainError} forbidden `key_required`, naming `externalId`
 */
export function refuseExternalIdOfPerson(
  actor: Actor,
  externalId: string | null | undefined,
  authMode: AuthMode = 'optional',
): void {
  if (externalId === undefined || isProduct(actor, authMode)) return;
  const message = 'may be set by an API key only';
  throw new DomainError('forbidden', 'key_required', `\`externalId\` ${message}.`, [
    { field: 'externalId', message },
  ]);
}
