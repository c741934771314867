import type { Actor } from '../../access/actor.js';
import { type Decision, mayActFor, type Subject } from '../../access/decision.js';

/** Only the user sees and sets the user's reminders. */
export function mayKeepRemindersOf(actor: Actor, user: Subject): Decision {
  return mayActFor(actor, user);
}
