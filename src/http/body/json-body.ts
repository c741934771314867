import { DomainError } from '../../errors/domain-error.js';
import { ProblemException } from '../problem/problem-exception.js';
import { checkJsonText } from './json-text.js';

/** JSON is UTF-8 (RFC 8259 §8.1). Bytes that are not would be stored as replacement characters. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)"?/gi;

/** The headers of a request that describe its body. */
interface BodyHeaders {
  readonly 'content-type'?: string;
  readonly 'content-encoding'?: string;
}

/**
 * Reads a JSON body. An empty one is no body: generated clients declare an empty body as JSON in calls such as
 * `:accept`.
 * @throws {ProblemException} 415, for another character set or an encoded body
 * @throws {DomainError} invalid, for text that is not JSON or is nested too deep
 */
export function parseJsonBody(headers: BodyHeaders, body: Buffer): unknown {
  expectPlainUtf8(headers);
  if (body.length === 0) return undefined;
  const text = decoded(body);
  checkJsonText(text);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message repeats a part of the body, which may be a password.
    throw new DomainError('invalid', 'invalid_input', 'The body is not JSON.');
  }
}

function expectPlainUtf8(headers: BodyHeaders): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity')
    throw unsupported('The body must not be compressed or otherwise encoded.');
  for (const [, charset = ''] of (headers['content-type'] ?? '').matchAll(CHARSET))
    if (!/^utf-?8$/i.test(charset)) throw unsupported('The body must be JSON in UTF-8.');
}

function decoded(body: Buffer): string {
  try {
    return UTF_8.decode(body);
  } catch {
    throw new DomainError('invalid', 'invalid_input', 'The body is not UTF-8.');
  }
}

function unsupported(detail: string): ProblemException {
  return new ProblemException(415, 'unsupported_media_type', detail);
}
