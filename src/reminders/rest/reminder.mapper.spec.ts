import { describe, expect, test } from '@jest/globals';
import { DomainError } from '../../errors/domain-error.js';
import type { Reminder } from '../../users/model/reminder.js';
import { newEventReminders, toEventRemindersDto } from './reminder.mapper.js';

const TEN: Reminder = { minutesBefore: 10, method: 'log' };
const NONE: Reminder[] = [];
const TEN_DTO = { minutes_before: 10, method: 'log' } as const;

describe('the reminders that a request sets', () => {
  test.each([
    ['the defaults', { use_default: true }, null],
    ['the defaults, with no overrides', { use_default: true, overrides: [] }, null],
    ['no reminders', { use_default: false, overrides: [] }, []],
    ['reminders', { use_default: false, overrides: [TEN_DTO] }, [TEN]],
  ])('are %s', (_, dto, expected) => {
    expect(newEventReminders(dto)).toEqual(expected);
  });

  test.each([{ use_default: true, overrides: [TEN_DTO] }, { use_default: false }])('cannot be %j', (dto) => {
    expect(() => newEventReminders(dto)).toThrow(DomainError);
  });
});

test.each([
  ['the defaults', [TEN], null, { use_default: true, overrides: [], reminders: [TEN_DTO] }],
  ['the overrides', NONE, [TEN], { use_default: false, overrides: [TEN_DTO], reminders: [TEN_DTO] }],
  ['no overrides', [TEN], NONE, { use_default: false, overrides: [], reminders: [] }],
])('the response tells that %s hold', (_, defaults, overrides, expected) => {
  expect(toEventRemindersDto({ defaults, overrides })).toMatchObject(expected);
});
