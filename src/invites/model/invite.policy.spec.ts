import { describe, expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS } from '../../access/actor.js';
import type { Decision } from '../../access/decision.js';
import type { EventRecord } from '../../events/model/event-record.js';
import type { Visibility } from '../../events/model/event-words.js';
import type { UserRecord } from '../../users/model/user-record.js';
import type { Invite } from './invite.js';
import { knowsOfInvite, mayAnswerInvite, mayListInvitesOf, seesPrivateInvitesOf } from './invite.policy.js';

const organizer: Actor = { kind: 'user', userId: 1 };
const invitee: Actor = { kind: 'user', userId: 2 };
const outsider: Actor = { kind: 'user', userId: 3 };

const invite = { userId: 2 } as Invite;

function event(visibility: Visibility, inviteeHasPassword = true): EventRecord {
  const attendees = [
    { userId: 1, status: 'organizer', protected: true },
    { userId: 2, status: 'needs_action', protected: inviteeHasPassword },
  ];
  return { visibility, attendees } as unknown as EventRecord;
}

describe('an invite', () => {
  test.each<[string, Actor, boolean, Decision]>([
    ['its invitee', invitee, true, 'allow'],
    ['the organizer', organizer, true, 'forbid'],
    ['an outsider', outsider, true, 'forbid'],
    ['nobody', ANONYMOUS, true, 'authenticate'],
    ['nobody, for an invitee without a password', ANONYMOUS, false, 'allow'],
  ])('is answered by %s', (_, actor, hasPassword, expected) => {
    expect(mayAnswerInvite(actor, invite, event('public', hasPassword))).toBe(expected);
  });

  test.each<[string, Actor, Visibility, boolean]>([
    ['its invitee', invitee, 'private', true],
    ['the organizer', organizer, 'private', true],
    ['an outsider', outsider, 'private', false],
    ['nobody', ANONYMOUS, 'private', false],
    ['an outsider', outsider, 'public', true],
    ['nobody', ANONYMOUS, 'public', true],
  ])('is known to %s when the event is %s: %s', (_, actor, visibility, expected) => {
    expect(knowsOfInvite(actor, event(visibility))).toBe(expected);
  });

  test.each<[string, Actor, boolean, Decision, boolean]>([
    ['the invitee', invitee, true, 'allow', true],
    ['an outsider', outsider, true, 'forbid', false],
    ['nobody', ANONYMOUS, true, 'authenticate', false],
    ['nobody, for an invitee without a password', ANONYMOUS, false, 'allow', false],
  ])('is listed for %s', (_, actor, hasPassword, expected, withPrivateOnes) => {
    const user = { id: 2, protected: hasPassword } as UserRecord;
    expect(mayListInvitesOf(actor, user)).toBe(expected);
    expect(seesPrivateInvitesOf(actor, user)).toBe(withPrivateOnes);
  });
});
