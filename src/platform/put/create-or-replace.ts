import { DomainError } from '../../errors/domain-error.js';
import { EXTERNAL_ID_TAKEN } from '../values/external-id.js';
import { type PutCondition, type PutResult, refuseAbsent, refuseExisting } from './put-condition.js';

/** An attempt fails only if another request has created, deleted or renamed the resource since it looked. */
const ATTEMPTS = 5;

/** The steps of a PUT by external id. Each runs in a transaction of its own. */
export interface PutSteps<Found, T> {
  /** The resource with the external id; null: there is none. */
  readonly find: () => Promise<Found | null>;
  /** @throws {DomainError} conflict `external_id_taken`, if another request has created the resource since */
  readonly create: () => Promise<T>;
  /** @throws {DomainError} conflict `external_id_taken`, if another request has deleted or renamed the resource since */
  readonly replace: (found: Found) => Promise<T>;
}

/**
 * Creates the resource of an external id, or replaces it. If another request creates, deletes or renames it meanwhile,
 * looks again.
 * @throws {DomainError} precondition-failed; all errors of the steps
 */
export async function createOrReplace<Found, T>(
  condition: PutCondition,
  { find, create, replace }: PutSteps<Found, T>,
): Promise<PutResult<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await find();
    if (found === null) refuseAbsent(condition);
    else refuseExisting(condition);
    try {
      return found === null
        ? { created: true, value: await create() }
        : { created: false, value: await replace(found) };
    } catch (error) {
      const mayPass = error instanceof DomainError && error.code === EXTERNAL_ID_TAKEN;
      if (!mayPass || attempt === ATTEMPTS) throw error;
    }
  }
}
