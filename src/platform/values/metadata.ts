import { type FieldError, refuseFaults } from '../../errors/domain-error.js';
import { textFault } from './text-fault.js';

/** What a product keeps with an object, in the product's own words. */
export type Metadata = Readonly<Record<string, string>>;

/** Changes metadata key by key: null removes the key, and an absent key keeps its value. Null removes all keys. */
export type MetadataPatch = Readonly<Record<string, string | null>> | null;

/** Enough for a product's references to an event. A response has all of them. */
export const MAX_METADATA_KEYS = 50;

/**
 * Characters. A key is a name, and a filter of a search writes it in the URL.
 * @public `docs/limits.md` lists it.
 */
export const MAX_METADATA_KEY_LENGTH = 64;

/** UTF-16 code units. A reference or a short text; longer text is a description. */
export const MAX_METADATA_VALUE_LENGTH = 500;

/** The pattern of a key, for a schema. */
export const METADATA_KEY_PATTERN = `^[A-Za-z0-9_.-]{1,${MAX_METADATA_KEY_LENGTH}}$`;

const KEY = new RegExp(METADATA_KEY_PATTERN);

/** The faults of the keys and values that a command names, each at `metadata.<key>`: at most as many as keys are allowed. */
export function metadataFaults(given: MetadataPatch | undefined): FieldError[] {
  const faults = Object.entries(given ?? {}).flatMap(([key, value]) => {
    const field = `metadata.${key.slice(0, MAX_METADATA_KEY_LENGTH)}`;
    if (!KEY.test(key)) {
      const message = `must have a name of 1 to ${MAX_METADATA_KEY_LENGTH} letters, digits, \`_\`, \`.\` or \`-\``;
      return [{ field, message }];
    }
    const message = value === null ? null : textFault(value, 0, MAX_METADATA_VALUE_LENGTH);
    return message === null ? [] : [{ field, message }];
  });
  return faults.slice(0, MAX_METADATA_KEYS);
}

/** The fault of metadata with too many keys, at the first key beyond the limit. */
export function metadataSizeFaults(metadata: Metadata): FieldError[] {
  const extra = Object.keys(metadata)[MAX_METADATA_KEYS];
  if (extra === undefined) return [];
  return [{ field: `metadata.${extra}`, message: `is beyond the ${MAX_METADATA_KEYS} keys of an object` }];
}

/** The metadata itself. @throws {DomainError} invalid, naming the first key beyond the limit */
export function metadataWithin(metadata: Metadata): Metadata {
  refuseFaults(metadataSizeFaults(metadata));
  return metadata;
}

/** The metadata of a new object: a key with null is left out. Undefined: none. */
export function newMetadata(given: MetadataPatch | undefined): Metadata {
  return mergedMetadata({}, given ?? {});
}

/** Metadata after a patch. The keys of the patch come last. */
export function mergedMetadata(before: Metadata, patch: MetadataPatch): Metadata {
  if (patch === null) return {};
  const kept = Object.entries(before).filter(([key]) => !Object.hasOwn(patch, key));
  const named = Object.entries(patch).filter((entry): entry is [string, string] => entry[1] !== null);
  // `Object.fromEntries` defines own keys, also one with the name `__proto__`.
  return Object.fromEntries([...kept, ...named]);
}

/** Whether two values have the same keys with the same texts, in any order. */
export function isSameMetadata(one: Metadata, other: Metadata): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && one[key] === other[key])
  );
}
