import { DEFAULT_TENANT_ID } from '../database/current-tenant.js';
import type { Scope } from './scope.js';

/**
 * The proof of the user's identity:
 * - `access-token`: a token from a login or a refresh
 * - `identity-token`: a token of the identity provider
 * - `delegated`: an API key acts as the user, by `Act-As-User`
 * - `exchanged-token`: the same by an exchanged token, which a browser holds
 */
export interface Authentication {
  readonly kind: 'access-token' | 'identity-token' | 'delegated' | 'exchanged-token';
  /** The user's generation when the service checked the token. */
  readonly generation: number;
  /** When the user logged in; null for an access token that a refresh issued, and for a delegated request. */
  readonly authenticatedAt: Date | null;
  /** The normalised address that an identity provider confirms with this token; null: none. */
  readonly verifiedEmail: string | null;
}

/** The API key of a request. */
export interface CallerKey {
  readonly id: number;
  readonly tenantId: number;
  /** The public part of the key, for logs. */
  readonly prefix: string;
  /** Those of the key; of an exchanged token, those of the token. */
  readonly scopes: ReadonlySet<Scope>;
  /** Null: never. */
  readonly expiresAt: Date | null;
}

/**
 * The caller of a request:
 * - `user`: a user with a token, or an API key that acts as the user
 * - `key`: an API key that acts as the service itself, within its scopes
 * - `anonymous`: a client without a token, which only `AUTH_MODE=optional` admits
 */
export type Actor =
  | {
      readonly kind: 'user';
      readonly tenantId: number;
      readonly userId: number;
      readonly authentication?: Authentication;
      /** The key that acts as the user. */
      readonly key?: CallerKey;
    }
  | { readonly kind: 'key'; readonly key: CallerKey }
  | { readonly kind: 'anonymous' };

export const ANONYMOUS: Actor = { kind: 'anonymous' };

export function isUser(actor: Actor, userId: number): boolean {
  return actor.kind === 'user' && actor.userId === userId;
}

/** The tenant whose data a request reads and changes. A request without a token concerns the default tenant. */
export function tenantOf(actor: Actor): number {
  if (actor.kind === 'anonymous') return DEFAULT_TENANT_ID;
  return actor.kind === 'key' ? actor.key.tenantId : actor.tenantId;
}

/** The API key that a request came with; null: none. */
export function keyOf(actor: Actor): CallerKey | null {
  return actor.kind === 'anonymous' ? null : (actor.key ?? null);
}

/**
 * The authentication of a user; null: the request has no token, or the key of a service.
 * @throws {Error} for a user whom the guard has not authenticated
 */
export function authenticationOf(actor: Actor): Authentication | null {
  if (actor.kind !== 'user') return null;
  if (!actor.authentication) throw new Error('The actor has no authentication.');
  return actor.authentication;
}
