import { isDeepStrictEqual } from 'node:util';
import { isSameMetadata } from '../../../platform/values/metadata.js';
import { validAway, validOverrides } from '../../model/availability/valid-availability.js';
import type { NewUser, UserPatch } from '../../model/user-commands.js';
import type { UserRecord } from '../../model/user-record.js';
import { canonicalTimeZone, validWorkingHours } from '../../model/user-time.js';

/** What the service knows about a replacement besides the command. */
export interface ReplacementContext {
  /** Whether an address of the command counts as verified, so that the present one gets verified. */
  readonly verifiesAddress: boolean;
  /** Whether the password of the command is the user's already. */
  readonly hasPassword: boolean;
}

/**
 * The change that makes a user as the command that would create the user names them: only the fields that differ. The
 * database has the same defaults of absent fields. A user without a password in the command keeps the present one, since
 * no backend knows it.
 * @throws {DomainError} invalid, naming the field
 */
export function userReplacement(
  user: UserRecord,
  command: NewUser,
  { verifiesAddress, hasPassword }: ReplacementContext,
): UserPatch {
  const {
    name,
    email,
    password,
    timeZone = 'UTC',
    workingHours = null,
    availabilityOverrides = [],
    away = [],
    doubleBooking = 'allow',
    invitations = 'all',
    defaultReminders = [],
    metadata,
  } = command;
  const isVerified = user.emailVerifiedAt !== null;
  const named = Object.entries(metadata ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const next = Object.fromEntries(named);
  const removed = Object.keys(user.metadata).map((key) => [key, null]);
  return {
    ...(name !== user.name && { name }),
    ...((email !== user.email || (verifiesAddress && !isVerified)) && { email }),
    ...(password !== undefined && !hasPassword && { password }),
    ...(canonicalTimeZone(timeZone) !== user.timeZone && { timeZone }),
    ...(!isDeepStrictEqual(validWorkingHours(workingHours), user.workingHours) && { workingHours }),
    ...(!isDeepStrictEqual(validOverrides(availabilityOverrides), user.availabilityOverrides) && {
      availabilityOverrides,
    }),
    ...(!isDeepStrictEqual(validAway(away), user.away) && { away }),
    ...(doubleBooking !== user.doubleBooking && { doubleBooking }),
    ...(invitations !== user.invitations && { invitations }),
    ...(!isDeepStrictEqual(defaultReminders, user.defaultReminders) && { defaultReminders }),
    ...(!isSameMetadata(next, user.metadata) && { metadata: Object.fromEntries([...removed, ...named]) }),
  };
}
