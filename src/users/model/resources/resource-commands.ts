import { DomainError } from '../../../errors/domain-error.js';
import type { Metadata } from '../../../platform/values/metadata.js';
import { isResource, type ResourceKind, type UserRecord } from '../user-record.js';

/** @throws {DomainError} conflict `not_a_person`, for a room, whose own paths change it */
export function expectPerson(user: Pick<UserRecord, 'id' | 'kind'>): void {
  if (!isResource(user)) return;
  const detail = `User ${user.id} is a room: change it by \`/rooms/${user.id}\`.`;
  throw new DomainError('conflict', 'not_a_person', detail);
}

/** The values of a user that is a room or a piece of equipment. Absent values stay, or get the table's default. */
export interface ResourceValues
  extends Partial<Pick<UserRecord, 'name' | 'timeZone' | 'workingHours' | 'availabilityOverrides' | 'away'>> {
  readonly kind?: ResourceKind;
  /** Null: the address that the service gives the resource. */
  readonly email?: string | null;
  readonly externalId?: string | null;
  readonly metadata?: Metadata;
}
