import type { UserView } from '../model/user.policy.js';
import { toReminderDto } from './reminder.mapper.js';
import type { UserDto, UserSummaryDto } from './user.dto.js';

export function toUserDto({ user, own, emailVerified }: UserView): UserDto {
  return {
    ...toUserSummaryDto(user),
    email: user.email,
    time_zone: user.timeZone,
    working_hours:
      user.workingHours?.map(({ days_of_week, from, to }) => ({ days_of_week, from, to })) ?? null,
    double_booking: user.doubleBooking,
    invitations: user.invitations,
    ...(own && {
      email_verified: emailVerified,
      default_reminders: user.defaultReminders.map(toReminderDto),
    }),
  };
}

export function toUserSummaryDto(
  user: Pick<UserView['user'], 'id' | 'name' | 'email' | 'createdAt' | 'updatedAt'>,
): UserSummaryDto {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    created_at: user.createdAt.toISOString(),
    updated_at: user.updatedAt.toISOString(),
  };
}
