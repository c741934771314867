import type { Actor } from '../../access/actor.js';
import { DomainError } from '../../errors/domain-error.js';
import type { HoldRecord } from './hold-record.js';

/** The creator of a hold. Both null: a request without a token. */
export type HoldCreator = Pick<HoldRecord, 'createdByUserId' | 'createdByKeyId'>;

/** A key that acts as a user creates a hold of the user. */
export function creatorOf(actor: Actor): HoldCreator {
  return {
    createdByUserId: actor.kind === 'user' ? actor.userId : null,
    createdByKeyId: actor.kind === 'key' ? actor.key.id : null,
  };
}

/**
 * Whether an actor may see, extend, confirm and delete a hold: the person who created it; any key of the tenant, if a key did;
 * and any caller, if a request without a token did.
 */
export function mayUseHold(actor: Actor, { createdByUserId, createdByKeyId }: HoldCreator): boolean {
  if (createdByUserId !== null) return actor.kind === 'user' && actor.userId === createdByUserId;
  return createdByKeyId === null || actor.kind === 'key';
}

/** The refusal of an extension or a confirmation after the end of the hold. */
export function holdExpired({ id, expiresAt }: Pick<HoldRecord, 'id' | 'expiresAt'>): DomainError {
  return new DomainError('expired', 'hold_expired', `Hold ${id} expired at ${expiresAt.toISOString()}.`);
}

/** The refusal of an extension after the confirmation. */
export function holdConfirmed({ id }: Pick<HoldRecord, 'id'>): DomainError {
  return new DomainError('conflict', 'hold_confirmed', `Hold ${id} is confirmed.`);
}
