import { describe, expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS } from '../../access/actor.js';
import type { Decision } from '../../access/decision.js';
import type { CalendarRole } from '../../calendars/model/grants/calendar-role.js';
import {
  calendarOfAttendee,
  eventSeenBy,
  mayChangeEvent,
  mayCreateEventOf,
  organizersCalendarOf,
  seesProductData,
} from './event.policy.js';
import type { EventRecord } from './event-record.js';
import type { Visibility } from './event-words.js';

const organizer: Actor = { kind: 'user', tenantId: 1, userId: 1 };
const invited: Actor = { kind: 'user', tenantId: 1, userId: 2 };
const outsider: Actor = { kind: 'user', tenantId: 1, userId: 3 };

const READER = { role: 'reader', seesPrivate: true } as const;

const KEY: Actor = {
  kind: 'key',
  key: { id: 1, tenantId: 1, prefix: 'a', scopes: new Set(['events.read']), expiresAt: null },
};

function event(visibility: Visibility, hasPassword = true): EventRecord {
  const attendees = [
    { userId: 1, calendarId: 11, status: 'organizer', protected: hasPassword },
    { userId: 2, calendarId: 12, status: 'declined', protected: true },
  ];
  return { id: 9, organizerId: 1, visibility, attendees } as unknown as EventRecord;
}

describe('an event', () => {
  test.each<[string, Actor, boolean, Decision]>([
    ['its organizer', organizer, true, 'allow'],
    ['an invited user', invited, true, 'forbid'],
    ['an outsider', outsider, true, 'forbid'],
    ['a request without a token', ANONYMOUS, true, 'authenticate'],
    ['a request without a token, for an organizer without a password', ANONYMOUS, false, 'allow'],
    ['an outsider, for an organizer without a password', outsider, false, 'forbid'],
  ])('is created and changed by %s', (_, actor, hasPassword, expected) => {
    expect(mayChangeEvent(actor, event('public', hasPassword), READER, false)).toBe(expected);
    expect(mayCreateEventOf(actor, { id: 1, protected: hasPassword }, READER, false)).toBe(expected);
  });

  test.each<[CalendarRole, boolean, boolean, Decision]>([
    ['reader', true, false, 'forbid'],
    ['writer', false, false, 'allow'],
    ['writer', false, true, 'forbid'],
    ['writer', true, true, 'allow'],
    ['owner', true, true, 'allow'],
  ])(
    'is written by a %s who sees private events: %s; the event is private: %s',
    (role, seesPrivate, isPrivate, expected) => {
      const access = { role, seesPrivate };
      expect(mayChangeEvent(outsider, event('public'), access, isPrivate)).toBe(expected);
      expect(mayCreateEventOf(outsider, { id: 1, protected: true }, access, isPrivate)).toBe(expected);
    },
  );

  test('is in the calendar of its organizer, and of each attendee', () => {
    expect(organizersCalendarOf(event('public'))).toBe(11);
    expect(organizersCalendarOf({ organizerId: 1, attendees: [] })).toBeNull();
    expect(calendarOfAttendee(event('public'), 2)).toBe(12);
    expect(calendarOfAttendee(event('public'), 3)).toBeNull();
  });

  test.each<[string, Actor, boolean, boolean]>([
    ['a key', KEY, true, true],
    ['its organizer', organizer, true, true],
    ['an invited user', invited, true, false],
    ['an outsider', outsider, false, false],
    ['a request without a token', ANONYMOUS, true, false],
    ['a request without a token, for an organizer without a password', ANONYMOUS, false, true],
  ])('shows %s what a product keeps with it: %#', (_, actor, hasPassword, expected) => {
    const seen = event('public', hasPassword);
    expect(seesProductData(actor, seen)).toBe(expected);
    expect(eventSeenBy(actor, seen, true)).toMatchObject({
      details: true,
      productData: expected ? seen : null,
    });
    expect(eventSeenBy(actor, seen, false)).not.toHaveProperty('productData');
  });

  test('hides what a product keeps with it if the organizer is not read', () => {
    expect(seesProductData(ANONYMOUS, { organizerId: 1, attendees: [] })).toBe(false);
  });
});
