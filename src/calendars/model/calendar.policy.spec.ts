import { expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS, type CallerKey } from '../../access/actor.js';
import type { Decision, Subject } from '../../access/decision.js';
import { calendarSeenBy, mayWriteCalendarOf } from './calendar.policy.js';
import type { CalendarRecord } from './calendar-record.js';

const key: CallerKey = { id: 1, tenantId: 1, prefix: 'p', scopes: new Set(), expiresAt: null };
const ann: Actor = { kind: 'user', tenantId: 1, userId: 1 };
const calendar = { id: 7 } as CalendarRecord;

test.each<[string, Actor, Subject, Decision, string]>([
  ['the user', ann, { id: 1, protected: true }, 'allow', 'owner'],
  ['another user', ann, { id: 2, protected: true }, 'forbid', 'reader'],
  ['another user, of a user without a password', ann, { id: 2, protected: false }, 'forbid', 'reader'],
  ['a key', { kind: 'key', key }, { id: 2, protected: true }, 'allow', 'owner'],
  ['a key that acts as the user', { ...ann, key }, { id: 1, protected: true }, 'allow', 'owner'],
  ['a key that acts as another user', { ...ann, key }, { id: 2, protected: true }, 'forbid', 'reader'],
  ['a request without a token', ANONYMOUS, { id: 1, protected: true }, 'authenticate', 'reader'],
  ['the same, of a user without a password', ANONYMOUS, { id: 1, protected: false }, 'allow', 'owner'],
])('the calendar of a user and %s', (_, actor, owner, decision, role) => {
  expect(mayWriteCalendarOf(actor, owner)).toBe(decision);
  expect(calendarSeenBy(actor, calendar, owner)).toEqual({ calendar, role, isOwn: role === 'owner' });
});
