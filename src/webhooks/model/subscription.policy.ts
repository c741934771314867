import type { Actor } from '../../access/actor.js';
import { mayActFor, type Subject } from '../../access/decision.js';

/**
 * Whether an actor sees and changes a subscription: keys those of their tenant, and other callers those of the user for
 * whom they may act.
 * @param owner null: the tenant
 */
export function reachesSubscription(actor: Actor, owner: Subject | null): boolean {
  if (actor.kind === 'key') return true;
  return owner !== null && mayActFor(actor, owner) === 'allow';
}
