import { expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS, type CallerKey } from '../../access/actor.js';
import type { Decision, Subject } from '../../access/decision.js';
import { calendarSeenBy, mayArrangeCalendarsOf, mayChangeCalendarOf, showsName } from './calendar.policy.js';
import type { CalendarRecord } from './calendar-record.js';
import type { CalendarRole } from './grants/calendar-role.js';

const key: CallerKey = { id: 1, tenantId: 1, prefix: 'p', scopes: new Set(), expiresAt: null };
const ann: Actor = { kind: 'user', tenantId: 1, userId: 1 };
const calendar = { id: 7 } as CalendarRecord;

const READER = { role: 'reader', seesPrivate: false } as const;

test.each<[string, Actor, Subject, Decision]>([
  ['the user', ann, { id: 1, protected: true }, 'allow'],
  ['another user', ann, { id: 2, protected: true }, 'forbid'],
  ['another user, of a user without a password', ann, { id: 2, protected: false }, 'forbid'],
  ['a key', { kind: 'key', key }, { id: 2, protected: true }, 'allow'],
  ['a key that acts as the user', { ...ann, key }, { id: 1, protected: true }, 'allow'],
  ['a key that acts as another user', { ...ann, key }, { id: 2, protected: true }, 'forbid'],
  ['a request without a token', ANONYMOUS, { id: 1, protected: true }, 'authenticate'],
  ['the same, of a user without a password', ANONYMOUS, { id: 1, protected: false }, 'allow'],
])('the calendar of a user and %s', (_, actor, owner, decision) => {
  expect(mayArrangeCalendarsOf(actor, owner)).toBe(decision);
  expect(mayChangeCalendarOf(actor, owner, READER)).toBe(decision);
  const isOwn = decision === 'allow';
  expect(calendarSeenBy(actor, calendar, owner, READER)).toEqual({ calendar, role: 'reader', isOwn });
});

test.each<[CalendarRole, Decision, boolean]>([
  ['free_busy_reader', 'forbid', false],
  ['reader', 'forbid', true],
  ['writer', 'forbid', true],
  ['owner', 'allow', true],
])('a caller with the role %s may change a calendar: %s; sees its name: %s', (role, decision, named) => {
  expect(mayChangeCalendarOf(ann, { id: 2, protected: true }, { role, seesPrivate: false })).toBe(decision);
  expect(showsName({ role })).toBe(named);
});
