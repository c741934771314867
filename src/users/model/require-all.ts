import { DomainError } from '../../errors/domain-error.js';
import { isResource, type UserRecord } from './user-record.js';

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
    const message = `no user ${list(unknown)}`;
    throw new DomainError('not-found', 'user_not_found', `${field}: ${message}`, [{ field, message }]);
  }
  return ids.map((id) => found.get(id) as T);
}

/**
 * The same for persons.
 * @throws {DomainError} not-found `user_not_found` at `field`, naming the ids of rooms, too
 */
export function requirePersons<U extends Pick<UserRecord, 'kind'>>(
  ids: readonly number[],
  found: ReadonlyMap<number, U>,
  field: string,
): U[] {
  const users = requireAll(ids, found, field);
  const rooms = ids.filter((_, index) => isResource(users[index]));
  if (rooms.length === 0) return users;
  const message = `user ${list(rooms)} is a room`;
  throw new DomainError('not-found', 'user_not_found', `${field}: ${message}`, [{ field, message }]);
}

/**
 * The same for rooms.
 * @throws {DomainError} not-found `room_not_found` at `field`, naming the ids of persons, too
 */
export function requireRooms<U extends Pick<UserRecord, 'kind'>>(
  ids: readonly number[],
  found: ReadonlyMap<number, U>,
  field: string,
): U[] {
  const users = ids.map((id) => found.get(id));
  const rooms = users.filter((user) => user !== undefined && isResource(user)) as U[];
  if (rooms.length === ids.length) return rooms;
  const unknown = ids.filter((_, index) => {
    const user = users[index];
    return user === undefined || !isResource(user);
  });
  const message = `no room ${list(unknown)}`;
  throw new DomainError('not-found', 'room_not_found', `${field}: ${message}`, [{ field, message }]);
}

function list(ids: readonly number[]): string {
  return `${ids.slice(0, MAX_NAMED).join(', ')}${ids.length > MAX_NAMED ? ', …' : ''}`;
}
