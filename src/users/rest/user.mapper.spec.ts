import { describe, expect, test } from '@jest/globals';
import type { UserRecord } from '../model/user-record.js';
import type { CreateUserDto } from './create-user.dto.js';
import { toNewUser, toUserDto, toUserPatch } from './user.mapper.js';

const record: UserRecord = {
  tenantId: 1,
  kind: 'person',
  externalId: null,
  metadata: {},
  id: 7,
  name: 'Ann',
  email: 'Ann@example.com',
  normalisedEmail: 'ann@example.com',
  emailVerifiedAt: null,
  generation: 3,
  timeZone: 'Europe/Moscow',
  workingHours: [{ daysOfWeek: [1], from: '09:00', to: '18:00' }],
  availabilityOverrides: [{ date: '2022-12-24', intervals: [{ from: '09:00', to: '12:00' }] }],
  away: [{ from: '2022-12-27', to: '2023-01-02', reason: 'Skiing' }],
  defaultReminders: [{ minutesBefore: 10, method: 'log' }],
  protected: true,
  doubleBooking: 'reject',
  invitations: 'known',
  createdAt: new Date('2022-09-06T14:16:47.878Z'),
  updatedAt: new Date('2022-09-07T14:16:47.878Z'),
};

const PUBLIC_FIELDS = {
  id: 7,
  name: 'Ann',
  email: 'Ann@example.com',
  kind: 'person',
  created_at: '2022-09-06T14:16:47.878Z',
  updated_at: '2022-09-07T14:16:47.878Z',
  time_zone: 'Europe/Moscow',
  working_hours: [{ days_of_week: [1], from: '09:00', to: '18:00' }],
  availability_overrides: [{ date: '2022-12-24', intervals: [{ from: '09:00', to: '12:00' }] }],
  double_booking: 'reject',
  invitations: 'known',
};

const AWAY = { from: '2022-12-27', to: '2023-01-02' };

describe('a user', () => {
  test('has these fields for every caller', () => {
    const view = { user: record, isOwn: false, seesAway: false, emailVerified: true };
    expect(toUserDto(view)).toEqual(PUBLIC_FIELDS);
  });

  test('has the times away, without the reasons, for a caller to whom the user shows them', () => {
    const view = { user: record, isOwn: false, seesAway: true, emailVerified: true };
    expect(toUserDto(view)).toEqual({ ...PUBLIC_FIELDS, away: [AWAY] });
  });

  test('has four more, and the reasons, for the user', () => {
    expect(toUserDto({ user: record, isOwn: true, seesAway: true, emailVerified: false })).toEqual({
      ...PUBLIC_FIELDS,
      away: [{ ...AWAY, reason: 'Skiing' }],
      email_verified: false,
      default_reminders: [{ minutes_before: 10, method: 'log' }],
      external_id: null,
      metadata: {},
    });
  });
});

describe('a command', () => {
  test('has every field of the request in the words of the domain', () => {
    const input: CreateUserDto = {
      name: 'Ann',
      email: 'Ann@example.com',
      password: 'secret words',
      time_zone: 'Europe/Moscow',
      working_hours: [{ days_of_week: [5, 0, 5, 7], from: '09:00', to: '18:00' }],
      availability_overrides: [{ date: '2022-12-24', intervals: [] }],
      away: [{ from: '2022-12-27', to: '2023-01-02' }],
      double_booking: 'reject',
      invitations: 'none',
      default_reminders: [{ minutes_before: 10, method: 'log' }],
    };
    expect(toNewUser(input)).toEqual({
      name: 'Ann',
      email: 'Ann@example.com',
      password: 'secret words',
      timeZone: 'Europe/Moscow',
      workingHours: [{ daysOfWeek: [5, 7], from: '09:00', to: '18:00' }],
      availabilityOverrides: [{ date: '2022-12-24', intervals: [] }],
      away: [{ from: '2022-12-27', to: '2023-01-02', reason: null }],
      doubleBooking: 'reject',
      invitations: 'none',
      defaultReminders: [{ minutesBefore: 10, method: 'log' }],
    });
  });

  test.each([
    ['absent working hours stay absent', {}, {}],
    ['null working hours are null', { working_hours: null }, { workingHours: null }],
    ['no working hours are an empty list', { working_hours: [] }, { workingHours: [] }],
    ['the current password', { current_password: 'secret' }, { currentPassword: 'secret' }],
  ])('%s', (_, input, expected) => {
    expect(toUserPatch(input)).toEqual(expected);
  });
});
