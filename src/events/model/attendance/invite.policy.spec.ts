import { describe, expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS } from '../../../access/actor.js';
import type { Decision } from '../../../access/decision.js';
import type { VisiblePart } from '../../../calendars/model/grants/calendar-access.js';
import type { CalendarRole } from '../../../calendars/model/grants/calendar-role.js';
import type { EventRecord } from '../event-record.js';
import type { Visibility } from '../event-words.js';
import { mayAnswerInvite, mayListInvitesOf, seesAllInvitesOf, seesInvite } from './invite.policy.js';

const organizer: Actor = { kind: 'user', tenantId: 1, userId: 1 };
const invited: Actor = { kind: 'user', tenantId: 1, userId: 2 };
const outsider: Actor = { kind: 'user', tenantId: 1, userId: 3 };

const READER = { role: 'reader', seesPrivate: true } as const;

const invite = { userId: 2 };

function event(visibility: Visibility, invitedHasPassword = true): EventRecord {
  const attendees = [
    { userId: 1, status: 'organizer', protected: true },
    { userId: 2, status: 'needs_action', protected: invitedHasPassword },
  ];
  return { visibility, attendees } as unknown as EventRecord;
}

describe('an invite', () => {
  test.each<[string, Actor, boolean, Decision]>([
    ['the invited user', invited, true, 'allow'],
    ['the organizer', organizer, true, 'forbid'],
    ['an outsider', outsider, true, 'forbid'],
    ['an anonymous caller', ANONYMOUS, true, 'authenticate'],
    ['an anonymous caller, for an invited user without a password', ANONYMOUS, false, 'allow'],
  ])('is answered by %s', (_, actor, hasPassword, expected) => {
    expect(mayAnswerInvite(actor, invite, event('public', hasPassword), READER)).toBe(expected);
  });

  test.each<[CalendarRole, boolean, Visibility, Decision]>([
    ['reader', true, 'public', 'forbid'],
    ['writer', false, 'public', 'allow'],
    ['writer', false, 'private', 'forbid'],
    ['writer', true, 'private', 'allow'],
  ])(
    'is answered by a %s of the calendar who sees private events (%s) to a %s event: %s',
    (role, seesPrivate, visibility, expected) => {
      expect(mayAnswerInvite(outsider, invite, event(visibility), { role, seesPrivate })).toBe(expected);
    },
  );

  test.each<[VisiblePart, CalendarRole, boolean, boolean, boolean]>([
    ['full', 'reader', false, true, true],
    ['times', 'reader', true, false, false],
    ['times', 'writer', false, false, true],
    ['times', 'writer', false, true, false],
    ['times', 'writer', true, true, true],
    ['hidden', 'owner', true, false, false],
  ])(
    'is seen by a caller who sees %s of the event: %s, %s, private: %s: %s',
    (part, role, seesPrivate, isPrivate, expected) => {
      expect(seesInvite(part, { role, seesPrivate }, isPrivate)).toBe(expected);
    },
  );

  test.each<[string, Actor, boolean, Decision, boolean]>([
    ['the invited user', invited, true, 'allow', true],
    ['an outsider', outsider, true, 'forbid', false],
    ['an anonymous caller', ANONYMOUS, true, 'authenticate', false],
    ['an anonymous caller, for an invited user without a password', ANONYMOUS, false, 'allow', false],
  ])('is listed for %s', (_, actor, hasPassword, expected, withAll) => {
    const user = { id: 2, protected: hasPassword };
    expect(mayListInvitesOf(actor, user)).toBe(expected);
    expect(seesAllInvitesOf(actor, user)).toBe(withAll);
  });
});
