/** The permissions of an API key. Each operation that a key may call needs one of them. */
export const SCOPES = [
  'users.read',
  'users.write',
  'events.read',
  'events.write',
  'availability.read',
  'changes.read',
  'webhooks.write',
  'keys.write',
  'tenants.write',
  'mail.write',
  'act_as',
] as const;

export type Scope = (typeof SCOPES)[number];

/** The first of the scopes that `held` lacks; null: none. */
export function missingScope(held: ReadonlySet<Scope>, scopes: Iterable<Scope>): Scope | null {
  for (const scope of scopes) if (!held.has(scope)) return scope;
  return null;
}
