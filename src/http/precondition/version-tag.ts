import { invalidInput } from '../../errors/domain-error.js';
import { Precondition } from '../../platform/precondition.js';

/** An entity tag of this service or of another, strong or weak (RFC 9110 §8.8.3). */
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e]*"$/;

/** The strong tag of a version, or of one of its representations: `"3"`, `"3-5f2a"`. */
const VERSION_TAG = /^"(0|[1-9]\d*)(?:-[\da-f]+)?"$/;

/**
 * The length of a header with entity tags in the document, for tools that generate requests. The service reads longer
 * headers, too.
 */
export const DOCUMENTED_TAGS_LENGTH = 1_000;

/** The entity tag of a version. */
export function versionTag(version: number): string {
  return `"${version}"`;
}

/**
 * Reads `If-Match` (RFC 9110 §13.1.1). Without the header, and with `*`, any version will do. A weak tag and a tag of
 * another service match no version.
 * @throws {DomainError} invalid, naming the header
 */
export function parseIfMatch(header: string | undefined): Precondition {
  if (header === undefined || header.trim() === '*') return Precondition.NONE;
  const tags = header.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => ENTITY_TAG.test(tag)))
    throw invalidInput({ field: 'If-Match', message: 'must be * or entity tags such as "3"' });
  return Precondition.ofVersions(
    tags.flatMap((tag) => {
      const [, version] = VERSION_TAG.exec(tag) ?? [];
      return version === undefined ? [] : [Number(version)];
    }),
  );
}
