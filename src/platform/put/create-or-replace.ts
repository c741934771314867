import { DomainError } from '../../errors/domain-error.js';
import { EXTERNAL_ID_TAKEN, type ExternalObject, externalIdTaken } from '../values/external-id.js';
import { type PutCondition, type PutResult, refuseAbsent, refuseExisting } from './put-condition.js';

/** An attempt fails only if another request has created, deleted or renamed the resource since this one looked. */
const MAX_ATTEMPTS = 20;

/** The steps of a PUT by external id. Each runs in a transaction of its own. */
export interface PutSteps<Found, T> {
  readonly object: ExternalObject;
  /** The resource with the external id; null: there is none. */
  readonly find: () => Promise<Found | null>;
  /** @throws {DomainError} conflict, also if another request has created the resource since */
  readonly create: () => Promise<T>;
  /** @throws {ResourceGone} if another request has deleted or renamed the resource since */
  readonly replace: (found: Found) => Promise<T>;
}

/** The resource that a PUT has found no longer has the external id. */
export class ResourceGone extends Error {}

/**
 * Creates the resource of an external id, or replaces it. If another request creates, deletes or renames it meanwhile,
 * looks again.
 * @throws {DomainError} precondition-failed; all errors of the steps; conflict `external_id_taken` if the resource never
 * stays
 */
export async function createOrReplace<Found, T>(
  condition: PutCondition,
  { object, find, create, replace }: PutSteps<Found, T>,
): Promise<PutResult<T>> {
  let found = await find();
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if (found === null) refuseAbsent(condition);
    else refuseExisting(condition);
    try {
      return found === null
        ? { created: true, value: await create() }
        : { created: false, value: await replace(found) };
    } catch (error) {
      if (found === null ? !isConflict(error) : !(error instanceof ResourceGone)) throw error;
      // The conflict of a creation may be another one, such as that of two addresses.
      const now = await find();
      if (found === null && now === null && !isOfExternalId(error)) throw error;
      found = now;
    }
  }
  throw externalIdTaken(object);
}

function isConflict(error: unknown): boolean {
  return error instanceof DomainError && error.kind === 'conflict';
}

function isOfExternalId(error: unknown): boolean {
  return error instanceof DomainError && error.code === EXTERNAL_ID_TAKEN;
}
