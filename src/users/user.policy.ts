import type { Actor } from '../access/actor.js';
import { actingFor, type Decision, type Principal } from '../access/decision.js';
import type { User } from './user.entity.js';

/** What somebody sees of a user: what reminds them is their own business. */
export interface UserView {
  readonly user: User;
  readonly own: boolean;
}

/** A user changes themself. */
export function mayChangeUser(actor: Actor, user: Principal): Decision {
  return actingFor(actor, user);
}

export function userSeenBy(actor: Actor, user: User): UserView {
  return { user, own: actingFor(actor, user) === 'allow' };
}
