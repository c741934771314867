import { DomainError } from '../errors/domain-error.js';

/** The condition of a client for a change of a resource: the resource still has a version that the client saw. */
export class Precondition {
  /** Any version will do. */
  static readonly NONE = new Precondition(null);

  private constructor(private readonly versions: readonly number[] | null) {}

  /** @param versions none of them: the precondition never holds */
  static ofVersions(versions: readonly number[]): Precondition {
    return new Precondition(versions);
  }

  /** @throws {DomainError} precondition-failed, if the version is none of those that the client saw */
  expect(version: number): void {
    if (this.versions !== null && !this.versions.includes(version)) throw preconditionFailed();
  }
}

export function preconditionFailed(): DomainError {
  return new DomainError(
    'precondition-failed',
    'precondition_failed',
    'The resource has changed since: read it again.',
  );
}
