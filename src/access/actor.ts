/** How a caller proved to be the user. */
export interface Proof {
  readonly kind: 'access-token' | 'identity-token';
  /** The user's generation when the token was checked. */
  readonly generation: number;
  /** When the user logged in; null for a token of a refresh. */
  readonly authenticatedAt: Date | null;
  /** The normalised address that an identity provider confirms with this token; null: none. */
  readonly verifiedEmail: string | null;
}

/** Who calls: a user, proved by a token, or nobody in particular, which only `AUTH_MODE=optional` lets in. */
export type Actor =
  | { readonly kind: 'user'; readonly userId: number; readonly proof?: Proof }
  | { readonly kind: 'anonymous' };

export const ANONYMOUS: Actor = { kind: 'anonymous' };

export function isUser(actor: Actor, userId: number): boolean {
  return actor.kind === 'user' && actor.userId === userId;
}
