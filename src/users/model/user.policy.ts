import type { Actor } from '../../access/actor.js';
import { actingFor, type Decision, type Principal } from '../../access/decision.js';
import type { AuthMode } from '../../platform/configuration/configuration.js';
import type { User } from '../store/user.entity.js';
import { hasVerifiedAddress } from './verified-address.js';

/** What somebody sees of a user: what reminds them is their own business. */
export interface UserView {
  readonly user: User;
  readonly own: boolean;
  /** Whether the address counts as verified. */
  readonly emailVerified: boolean;
}

/** A user changes themself. */
export function mayChangeUser(actor: Actor, user: Principal): Decision {
  return actingFor(actor, user);
}

export function userSeenBy(actor: Actor, user: User, authMode: AuthMode): UserView {
  return {
    user,
    own: actingFor(actor, user) === 'allow',
    emailVerified: hasVerifiedAddress(user, authMode),
  };
}
