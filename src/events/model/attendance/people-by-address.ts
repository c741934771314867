import type { NewGuest } from '../commands.js';
import type { AttendeeRole } from '../event-words.js';

/** People whom a command names by their addresses: users, and guests. */
export interface PeopleByAddress {
  /** The users, in the order of the command, with the roles that it names. */
  readonly userIds: readonly number[];
  readonly roles: ReadonlyMap<number, AttendeeRole>;
  readonly guests: readonly NewGuest[];
}

/** @param users the users behind the addresses @param organizerId takes part already */
export function peopleByAddress(
  named: readonly NewGuest[],
  users: ReadonlyMap<string, number>,
  organizerId: number,
): PeopleByAddress {
  const userIds = new Set<number>();
  const roles = new Map<number, AttendeeRole>();
  for (const { address, role } of named) {
    const userId = users.get(address);
    if (userId === undefined || userId === organizerId) continue;
    userIds.add(userId);
    if (role !== undefined) roles.set(userId, role);
  }
  return { userIds: [...userIds], roles, guests: named.filter(({ address }) => !users.has(address)) };
}
