import { DomainError } from '../../errors/domain-error.js';
import type { UserRecord } from './user-record.js';

/** A user as far as finding time together needs one. */
export type CalendarOwner = Pick<UserRecord, 'id' | 'timeZone' | 'workingHours'>;

/** More than this many unknown ids in a message help nobody. */
const MAX_NAMED = 20;

/**
 * What was found by id, in the order of the ids.
 * @throws {DomainError} not-found `user_not_found`, naming those who are not there, at `field`
 */
export function allFound<T>(ids: readonly number[], found: ReadonlyMap<number, T>, field: string): T[] {
  const unknown = ids.filter((id) => !found.has(id));
  if (unknown.length > 0) {
    const message = `no user ${unknown.slice(0, MAX_NAMED).join(', ')}${unknown.length > MAX_NAMED ? ', …' : ''}`;
    throw new DomainError('not-found', 'user_not_found', `${field}: ${message}`, [{ field, message }]);
  }
  return ids.map((id) => found.get(id) as T);
}
