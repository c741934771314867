import { hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import {
  decrypt,
  encrypt,
  KEY_BYTES,
  NONCE_BYTES,
  type OneTimeKey,
  TAG_BYTES,
} from '../../platform/secrets/authenticated-encryption.js';
import type { SigningKeys } from '../../platform/secrets/signing-keys.js';

const PURPOSE = 'sync token';

const SALT_BYTES = 16;

/** Seals a text, so that its holder can neither read nor change it. Each sealed text has a key of its own. */
export function seal(text: string, keys: SigningKeys): string {
  const salt = randomBytes(SALT_BYTES);
  const encrypted = encrypt(text, keyOf(salt, keys.all[0]));
  return Buffer.concat([salt, encrypted.text, encrypted.tag]).toString('base64url');
}

/** The text in `sealed`; null: no key of this installation sealed it, or it has changed since. */
export function unseal(sealed: string, keys: SigningKeys): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < SALT_BYTES + TAG_BYTES) return null;
  const salt = bytes.subarray(0, SALT_BYTES);
  const encrypted = { text: bytes.subarray(SALT_BYTES, -TAG_BYTES), tag: bytes.subarray(-TAG_BYTES) };
  for (const key of keys.all) {
    const text = decrypt(encrypted, keyOf(salt, key));
    if (text !== null) return text;
  }
  return null;
}

function keyOf(salt: Buffer, secret: KeyObject): OneTimeKey {
  const derived = Buffer.from(hkdfSync('sha256', secret, salt, PURPOSE, KEY_BYTES + NONCE_BYTES));
  return { key: derived.subarray(0, KEY_BYTES), nonce: derived.subarray(KEY_BYTES) };
}
