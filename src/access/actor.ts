/** Who calls: a user, proved by a token, or nobody in particular, which only `AUTH_MODE=optional` lets in. */
export type Actor = { readonly kind: 'user'; readonly userId: number } | { readonly kind: 'anonymous' };

export const ANONYMOUS: Actor = { kind: 'anonymous' };

export function isUser(actor: Actor, userId: number): boolean {
  return actor.kind === 'user' && actor.userId === userId;
}
