import { isoWeekdays } from '../../calendar/weekday.js';
import { decodePageToken } from '../../http/page/page-token.js';
import type { WireNames } from '../../http/wire-names/wire-names.js';
import type { UserQuery } from '../model/search/user-query.js';
import type { UserView } from '../model/user.policy.js';
import type { NewUser, UserPatch } from '../model/user-commands.js';
import type { UserRecord, WorkingHoursRow } from '../model/user-record.js';
import { toAvailabilityOverrideDtos, toAvailabilityPatch, toAwayDtos } from './availability.mapper.js';
import type { CreateUserDto } from './create-user.dto.js';
import type { FindUsersDto } from './find-users.dto.js';
import { toNewReminder, toReminderDto } from './reminder.mapper.js';
import type { UpdateUserDto } from './update-user.dto.js';
import type { UserDto, UserSummaryDto } from './user.dto.js';
import type { WorkingHoursDto } from './working-hours.dto.js';

/** The names in requests of the fields of `NewUser` and `UserPatch`. */
export const USER_FIELDS: WireNames = {
  timeZone: 'time_zone',
  workingHours: 'working_hours',
  availabilityOverrides: 'availability_overrides',
  doubleBooking: 'double_booking',
  defaultReminders: 'default_reminders',
  currentPassword: 'current_password',
  externalId: 'external_id',
};

export function toNewUser(input: CreateUserDto): NewUser {
  return { ...toUserPatch(input), name: input.name, email: input.email };
}

export function toUserPatch(input: UpdateUserDto): UserPatch {
  const { name, email, password, invitations, working_hours } = input;
  return {
    name,
    email,
    password,
    timeZone: input.time_zone,
    workingHours: working_hours?.map(toWorkingHoursRow) ?? (working_hours === null ? null : undefined),
    ...toAvailabilityPatch(input),
    doubleBooking: input.double_booking,
    invitations,
    defaultReminders: input.default_reminders?.map(toNewReminder),
    externalId: input.external_id,
    metadata: input.metadata,
    currentPassword: input.current_password,
  };
}

/** @throws {DomainError} invalid, naming `page_token` */
export function toUserQuery(input: FindUsersDto): UserQuery {
  const { q, email, external_id: externalId, kind, limit, page_token: token } = input;
  const [after = 0] = decodePageToken(token, ['id']) ?? [];
  return { q, email, externalId, kind, after, limit };
}

function toWorkingHoursRow({ days_of_week, from, to }: WorkingHoursDto): WorkingHoursRow {
  return { daysOfWeek: isoWeekdays(days_of_week), from, to };
}

export function toUserDto({ user, isOwn, seesAway, emailVerified }: UserView): UserDto {
  return {
    ...toUserSummaryDto(user),
    email: user.email,
    time_zone: user.timeZone,
    working_hours:
      user.workingHours?.map(({ daysOfWeek, from, to }) => ({
        days_of_week: [...daysOfWeek],
        from,
        to,
      })) ?? null,
    availability_overrides: toAvailabilityOverrideDtos(user.availabilityOverrides),
    ...(seesAway && { away: toAwayDtos(user.away, isOwn) }),
    double_booking: user.doubleBooking,
    invitations: user.invitations,
    ...(isOwn && {
      email_verified: emailVerified,
      default_reminders: user.defaultReminders.map(toReminderDto),
      external_id: user.externalId,
      metadata: { ...user.metadata },
    }),
  };
}

function toUserSummaryDto(
  user: Pick<UserRecord, 'id' | 'name' | 'email' | 'kind' | 'createdAt' | 'updatedAt'>,
): UserSummaryDto {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    kind: user.kind,
    created_at: user.createdAt.toISOString(),
    updated_at: user.updatedAt.toISOString(),
  };
}
