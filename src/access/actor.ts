/** How a caller proved to be the user. */
export interface Authentication {
  readonly kind: 'access-token' | 'identity-token';
  /** The user's generation when the service checked the token. */
  readonly generation: number;
  /** When the user logged in; null for an access token that a refresh issued. */
  readonly authenticatedAt: Date | null;
  /** The normalised address that an identity provider confirms with this token; null: none. */
  readonly verifiedEmail: string | null;
}

/** The caller of a request: a user with a token, or a client without one, which only `AUTH_MODE=optional` admits. */
export type Actor =
  | { readonly kind: 'user'; readonly userId: number; readonly authentication?: Authentication }
  | { readonly kind: 'anonymous' };

export const ANONYMOUS: Actor = { kind: 'anonymous' };

export function isUser(actor: Actor, userId: number): boolean {
  return actor.kind === 'user' && actor.userId === userId;
}

/**
 * The authentication of a caller; null: the request has no token.
 * @throws {Error} for a user whom the guard has not authenticated
 */
export function authenticationOf(actor: Actor): Authentication | null {
  if (actor.kind === 'anonymous') return null;
  if (!actor.authentication) throw new Error('The actor has no authentication.');
  return actor.authentication;
}
