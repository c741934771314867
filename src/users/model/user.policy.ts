import type { Actor } from '../../access/actor.js';
import { type Decision, mayActFor, type Subject } from '../../access/decision.js';
import type { AuthMode } from '../../platform/configuration/sections/access-configuration.js';
import type { UserRecord } from './user-record.js';
import { hasVerifiedAddress } from './verified-address.js';

/** The parts of a user that a caller may see. */
export interface UserView {
  readonly user: UserRecord;
  /** Whether the caller may act for the user, and so sees the reminders and the state of the address. */
  readonly isOwn: boolean;
  /** Whether the caller sees when the user is away. Only the user, and an API key, see the reasons. */
  readonly seesAway: boolean;
  /** Whether the address counts as verified. */
  readonly emailVerified: boolean;
}

/** Only the user may change the user. */
export function mayChangeUser(actor: Actor, user: Subject): Decision {
  return mayActFor(actor, user);
}

/** @param hidesTime whether the user hides all busy time from the caller */
export function userSeenBy(actor: Actor, user: UserRecord, authMode: AuthMode, hidesTime: boolean): UserView {
  return { ...ownView(user, authMode), isOwn: mayActFor(actor, user) === 'allow', seesAway: !hidesTime };
}

/** The user as the user sees it. */
export function ownView(user: UserRecord, authMode: AuthMode): UserView {
  return { user, isOwn: true, seesAway: true, emailVerified: hasVerifiedAddress(user, authMode) };
}
