import type { Actor } from '../../access/actor.js';
import { type Decision, mayActFor, type Subject } from '../../access/decision.js';

/** What reminds a user is seen and said by that user. */
export function mayKeepRemindersOf(actor: Actor, user: Subject): Decision {
  return mayActFor(actor, user);
}
