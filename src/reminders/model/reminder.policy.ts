import type { Actor } from '../../access/actor.js';
import { actingFor, type Decision, type Principal } from '../../access/decision.js';

/** What reminds a user is seen and said by that user. */
export function mayKeepRemindersOf(actor: Actor, user: Principal): Decision {
  return actingFor(actor, user);
}
