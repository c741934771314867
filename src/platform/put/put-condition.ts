import { DomainError } from '../../errors/domain-error.js';
import { Precondition } from '../precondition.js';

/** The condition of a client for a PUT, which creates or replaces a resource. */
export interface PutCondition {
  /** Whether the resource must not exist. */
  readonly mustBeNew: boolean;
  /** Whether the resource must exist. */
  readonly mustExist: boolean;
  /** The versions that the resource may have if it exists. */
  readonly version: Precondition;
}

/** A resource as a PUT has left it. */
export interface PutResult<T> {
  readonly created: boolean;
  readonly value: T;
}

/** @throws {DomainError} precondition-failed, if a resource exists that must be new */
export function refuseExisting({ mustBeNew }: PutCondition): void {
  if (mustBeNew) throw preconditionFailed('The resource exists already.');
}

/** @throws {DomainError} precondition-failed, if no resource exists and one must */
export function refuseAbsent({ mustExist }: PutCondition): void {
  if (mustExist) throw preconditionFailed('The resource does not exist.');
}

function preconditionFailed(detail: string): DomainError {
  return new DomainError('precondition-failed', 'precondition_failed', detail);
}
