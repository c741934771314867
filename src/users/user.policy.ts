import type { Actor } from '../access/actor.js';
import { actingFor, type Decision, type Principal } from '../access/decision.js';

/** A user changes themself. */
export function mayChangeUser(actor: Actor, user: Principal): Decision {
  return actingFor(actor, user);
}
