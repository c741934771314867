import { DomainError } from '../../errors/domain-error.js';

/** A message with more ids is hard to read. */
const MAX_NAMED = 20;

/**
 * The values of the ids, in the order of the ids.
 * @param found the values of the users that exist, by id
 * @throws {DomainError} not-found `user_not_found` at `field`, naming the ids without a value
 */
export function requireAll<T>(ids: readonly number[], found: ReadonlyMap<number, T>, field: string): T[] {
  const unknown = ids.filter((id) => !found.has(id));
  if (unknown.length > 0) {
    const message = `no user ${unknown.slice(0, MAX_NAMED).join(', ')}${unknown.length > MAX_NAMED ? ', …' : ''}`;
    throw new DomainError('not-found', 'user_not_found', `${field}: ${message}`, [{ field, message }]);
  }
  return ids.map((id) => found.get(id) as T);
}
