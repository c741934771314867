import { DomainError } from '../../../errors/domain-error.js';
import type { Metadata } from '../../../platform/values/metadata.js';
import type { UserKind, UserRecord } from '../user-record.js';

/** The users that are no persons. They never sign in. */
export const RESOURCE_KINDS = ['room', 'equipment'] as const satisfies readonly UserKind[];

export type ResourceKind = (typeof RESOURCE_KINDS)[number];

export function isResource({ kind }: Pick<UserRecord, 'kind'>): boolean {
  return kind !== 'person';
}

/** @throws {DomainError} conflict `not_a_person`, for a room, whose own paths change it */
export function expectPerson(user: Pick<UserRecord, 'id' | 'kind'>): void {
  if (!isResource(user)) return;
  const detail = `User ${user.id} is a room: change it by \`/rooms/${user.id}\`.`;
  throw new DomainError('conflict', 'not_a_person', detail);
}

/** The values of a user that is a room or a piece of equipment. Absent values stay, or get the table's default. */
export interface ResourceValues extends Partial<Pick<UserRecord, 'name' | 'timeZone' | 'workingHours'>> {
  readonly kind?: ResourceKind;
  /** Null: the address that the service gives the resource. */
  readonly email?: string | null;
  readonly externalId?: string | null;
  readonly metadata?: Metadata;
}
