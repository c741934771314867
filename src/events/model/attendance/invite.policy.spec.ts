import { describe, expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS } from '../../../access/actor.js';
import type { Decision } from '../../../access/decision.js';
import type { EventRecord } from '../event-record.js';
import type { Visibility } from '../event-words.js';
import { mayAnswerInvite, mayListInvitesOf, seesInvite, seesPrivateInvitesOf } from './invite.policy.js';

const organizer: Actor = { kind: 'user', tenantId: 1, userId: 1 };
const invited: Actor = { kind: 'user', tenantId: 1, userId: 2 };
const outsider: Actor = { kind: 'user', tenantId: 1, userId: 3 };

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
    expect(mayAnswerInvite(actor, invite, event('public', hasPassword))).toBe(expected);
  });

  test.each<[string, Actor, Visibility, boolean]>([
    ['the invited user', invited, 'private', true],
    ['the organizer', organizer, 'private', true],
    ['an outsider', outsider, 'private', false],
    ['an anonymous caller', ANONYMOUS, 'private', false],
    ['an outsider', outsider, 'public', true],
    ['an anonymous caller', ANONYMOUS, 'public', true],
  ])('is seen by %s when the event is %s: %s', (_, actor, visibility, expected) => {
    expect(seesInvite(actor, event(visibility))).toBe(expected);
  });

  test.each<[string, Actor, boolean, Decision, boolean]>([
    ['the invited user', invited, true, 'allow', true],
    ['an outsider', outsider, true, 'forbid', false],
    ['an anonymous caller', ANONYMOUS, true, 'authenticate', false],
    ['an anonymous caller, for an invited user without a password', ANONYMOUS, false, 'allow', false],
  ])('is listed for %s', (_, actor, hasPassword, expected, withPrivateOnes) => {
    const user = { id: 2, protected: hasPassword };
    expect(mayListInvitesOf(actor, user)).toBe(expected);
    expect(seesPrivateInvitesOf(actor, user)).toBe(withPrivateOnes);
  });
});
