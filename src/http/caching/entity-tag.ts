import { hash } from 'node:crypto';

/** Characters. With so many, two bodies of one resource do not have one digest by chance. */
const DIGEST_LENGTH = 32;

/** A list of entity tags, weak ones among them (RFC 9110 §13.1.2). */
const ENTITY_TAGS =
  /^\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")*\s*$/;

/** The digests of bodies that are made of parts whose digest the service keeps. */
const KNOWN_DIGESTS = new WeakMap<Buffer, string>();

/** The digest of a body, for its entity tag. */
export function digestOf(body: string | Buffer): string {
  return hash('sha256', body).slice(0, DIGEST_LENGTH);
}

/** Spares the digest of a body of which the service has sent a copy before. @param digest that of the copy, by `digestOf` */
export function rememberDigest(body: Buffer, digest: string): void {
  KNOWN_DIGESTS.set(body, digest);
}

/** The entity tag of a body with this digest. @param digest the SHA-256 of the body, in hexadecimal digits */
export function tagOfDigest(digest: string): string {
  return `"${digest.slice(0, DIGEST_LENGTH)}"`;
}

/**
 * The entity tag of a body. The tag depends on the body alone, so it reveals nothing else.
 * @param version the entity tag of the resource's version, which a change takes as `If-Match`; null: it has none
 * @example representationTag('"3"', body) // '"3-5f2a…"'
 */
export function representationTag(version: string | null, body: string | Buffer): string {
  const known = typeof body === 'string' ? undefined : KNOWN_DIGESTS.get(body);
  const digest = known ?? digestOf(body);
  return version === null ? `"${digest}"` : `${version.slice(0, -1)}-${digest}"`;
}

/**
 * Whether a client that sent `If-None-Match` has the representation with this tag. Tags are compared weakly; a header
 * that is no list of tags matches nothing.
 */
export function isNotModified(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  if (!ENTITY_TAGS.test(ifNoneMatch)) return false;
  const [...named] = ifNoneMatch.matchAll(/"[^"]*"/g);
  return named.some(([opaque]) => opaque === tag);
}
