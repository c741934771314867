import { describe, expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS } from '../../access/actor.js';
import type { Decision } from '../../access/decision.js';
import {
  eventSeenBy,
  mayChangeEvent,
  mayCreateEventOf,
  seesDetails,
  seesProductData,
} from './event.policy.js';
import type { EventRecord } from './event-record.js';
import type { Visibility } from './event-words.js';

const organizer: Actor = { kind: 'user', tenantId: 1, userId: 1 };
const invited: Actor = { kind: 'user', tenantId: 1, userId: 2 };
const outsider: Actor = { kind: 'user', tenantId: 1, userId: 3 };

const KEY: Actor = {
  kind: 'key',
  key: { id: 1, tenantId: 1, prefix: 'a', scopes: new Set(['events.read']), expiresAt: null },
};

function event(visibility: Visibility, hasPassword = true): EventRecord {
  const attendees = [
    { userId: 1, status: 'organizer', protected: hasPassword },
    { userId: 2, status: 'declined', protected: true },
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
    expect(mayChangeEvent(actor, event('public', hasPassword))).toBe(expected);
    expect(mayCreateEventOf(actor, { id: 1, protected: hasPassword })).toBe(expected);
  });

  test.each<[string, Actor, Visibility, boolean]>([
    ['its organizer', organizer, 'private', true],
    ['an invited user who declined', invited, 'private', true],
    ['an outsider', outsider, 'private', false],
    ['a request without a token', ANONYMOUS, 'private', false],
    ['an outsider', outsider, 'public', true],
    ['a request without a token', ANONYMOUS, 'public', true],
  ])('is seen by %s when it is %s: %s', (_, actor, visibility, expected) => {
    expect(seesDetails(actor, event(visibility))).toBe(expected);
    expect(eventSeenBy(actor, event(visibility)).details).toBe(expected);
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
    expect(eventSeenBy(actor, seen)).toMatchObject({ productData: expected ? seen : null });
  });

  test('hides what a product keeps with it if the organizer is not read', () => {
    expect(seesProductData(ANONYMOUS, { organizerId: 1, attendees: [] })).toBe(false);
  });

  test('hides its details from a request without a token, also if no attendee has a password', () => {
    expect(seesDetails(ANONYMOUS, event('private', false))).toBe(false);
  });
});
