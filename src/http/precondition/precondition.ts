import { invalidInput } from '../../errors/domain-error.js';
import { ProblemException } from '../problem/problem-exception.js';

/** One tag of ours or of others, or a weak one, which never matches (RFC 9110 §13.1.1). */
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e]*"$/;

/** What a client demands of what it is about to change: that it is still as the client has seen it. */
export class Precondition {
  static readonly NONE = new Precondition(null);

  /** @param tags null: whatever it is */
  private constructor(private readonly tags: readonly string[] | null) {}

  /** @throws {DomainError} invalid, naming the header */
  static ofHeader(value: string | undefined): Precondition {
    if (value === undefined || value.trim() === '*') return Precondition.NONE;
    const tags = value.split(',').map((tag) => tag.trim());
    if (!tags.every((tag) => ENTITY_TAG.test(tag))) {
      throw invalidInput({ field: 'If-Match', message: 'must be * or entity tags such as "3"' });
    }
    return new Precondition(tags);
  }

  /** @throws {ProblemException} 412, when the client has seen another version */
  expect(version: number): void {
    if (this.tags !== null && !this.tags.some((tag) => isOfVersion(tag, version))) {
      throw new ProblemException(412, 'precondition_failed', 'It has been changed since: read it again.');
    }
  }
}

/** Whether a strong tag is that of the version, or of any of its representations: what a caller sees of it differs. */
function isOfVersion(tag: string, version: number): boolean {
  const [, named] = /^"(\d+)(?:-[\da-f]+)?"$/.exec(tag) ?? [];
  return named === String(version);
}

/** The entity tag of a version. */
export function versionTag(version: number): string {
  return `"${version}"`;
}
