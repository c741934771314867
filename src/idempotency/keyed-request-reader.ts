import { createHash, createHmac, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, keyOf } from '../access/actor.js';
import type { RequestWithActor } from '../access/request-with-actor.js';
import { invalidInput } from '../errors/domain-error.js';
import { SigningKeys } from '../platform/secrets/signing-keys.js';
import { type KeyedRequest, userCaller } from './model/keyed-request.js';

export const IDEMPOTENCY_KEY_HEADER = 'Idempotency-Key';
export const MAX_KEY_LENGTH = 255;

/** The parameters that change only the form of a response. */
const PRESENTATION: ReadonlySet<string> = new Set(['pretty', 'max_attendees']);

const ANONYMOUS_CALLER = 'anonymous';

/**
 * Reads requests with an `Idempotency-Key`. A request may have a password, and a plain hash of it would help to guess the
 * password, so each hash is keyed by a secret of the installation. The first secret makes the hashes. Hashes by the other
 * secrets are accepted, so that secrets can be replaced.
 */
@Injectable()
export class KeyedRequestReader {
  private readonly secrets: readonly Buffer[];

  constructor({ all }: SigningKeys) {
    this.secrets = all.map(derivedSecret);
  }

  /**
   * @returns null for a request without a key
   * @throws {DomainError} invalid, naming the header
   */
  read(
    request: Pick<RequestWithActor, 'method' | 'url' | 'headers' | 'body' | 'actor'>,
  ): KeyedRequest | null {
    const given = givenKey(request);
    if (given === null) return null;
    const [path = '', whole = ''] = request.url.split('?', 2);
    // The previous version made the hash of the whole query.
    const queries = [...new Set([withoutPresentation(whole), whole])];
    const body = bodyText(request.body ?? {});
    const inputs = queries.flatMap((query) => this.hashes('input', `${query}\n${body}`));
    const named = { operation: `${request.method} ${path}`, fingerprint: inputs[0] ?? '' };
    const fingerprints = [...inputs, ...(queries[0] === '' ? earlierFingerprints(body) : [])];
    const { actor } = request;
    const caller = actor && callerOf(actor);
    if (caller) return { ...named, caller, key: given, otherKeys: [], fingerprints };
    // All callers without a token share one name, so the key of one must not lead to the response of another.
    const [key = '', ...keys] = queries.flatMap((query) => {
      const url = query === '' ? path : `${path}?${query}`;
      return this.hashes('request', JSON.stringify([request.method, url, given, body]));
    });
    return { ...named, caller: ANONYMOUS_CALLER, key, otherKeys: [...keys, given], fingerprints };
  }

  /** The hash by each secret. */
  private hashes(purpose: string, text: string): string[] {
    return this.secrets.map((secret) =>
      createHmac('sha256', secret).update(`${purpose}\n${text}`).digest('base64url'),
    );
  }
}

/** A name of the key and of the user of a caller; null for a caller without a token. */
function callerOf(actor: Actor): string | null {
  const key = keyOf(actor);
  const names = [
    ...(key ? [`key ${key.id}`] : []),
    ...(actor.kind === 'user' ? [userCaller(actor.userId)] : []),
  ];
  return names.length > 0 ? names.join(' as ') : null;
}

/** A text that two bodies share exactly if they are the same. That of a file, which has megabytes, is its hash. */
function bodyText(body: unknown): string {
  return Buffer.isBuffer(body) ? createHash('sha256').update(body).digest('hex') : JSON.stringify(body);
}

function withoutPresentation(query: string): string {
  const parts = query.split('&').filter((part) => !PRESENTATION.has(part.split('=', 1)[0] ?? ''));
  return parts.join('&');
}

function givenKey({ headers }: Pick<RequestWithActor, 'headers'>): string | null {
  const key = headers[IDEMPOTENCY_KEY_HEADER.toLowerCase()];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key) || key.length > MAX_KEY_LENGTH) {
    throw invalidInput({
      field: IDEMPOTENCY_KEY_HEADER,
      message: `must have 1 to ${MAX_KEY_LENGTH} characters, visible ones of ASCII`,
    });
  }
  return key;
}

/** A secret for this purpose alone, so that no hash equals the signature of a token. */
function derivedSecret(secret: KeyObject): Buffer {
  return createHmac('sha256', secret).update('idempotency keys').digest();
}

/** Version 0.1 stored a plain hash without passwords, so its hash of a request with a password identifies no request. */
function earlierFingerprints(body: string): string[] {
  return body.includes('"password"') ? [] : [createHash('sha256').update(body).digest('base64url')];
}
