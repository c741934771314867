import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { SigningKeys } from '../../platform/secrets/signing-keys.js';

const ALGORITHM = 'aes-256-gcm';
const PURPOSE = 'sync token';

/** Bytes. */
const [SALT, KEY, NONCE, TAG] = [16, 32, 12, 16];

/** Seals a text, so that its holder can neither read nor change it. Each sealed text has a key of its own. */
export function seal(text: string, keys: SigningKeys): string {
  const salt = randomBytes(SALT);
  const cipher = createCipheriv(ALGORITHM, ...keyOf(salt, keys.all[0]));
  return Buffer.concat([salt, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  );
}

/** The text in `sealed`; null: no key of this installation sealed it, or it has changed since. */
export function unseal(sealed: string, keys: SigningKeys): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < SALT + TAG) return null;
  const salt = bytes.subarray(0, SALT);
  for (const key of keys.all) {
    const decipher = createDecipheriv(ALGORITHM, ...keyOf(salt, key));
    decipher.setAuthTag(bytes.subarray(-TAG));
    try {
      return decipher.update(bytes.subarray(SALT, -TAG), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      // Not sealed with this key.
    }
  }
  return null;
}

function keyOf(salt: Buffer, key: KeyObject): [key: Buffer, nonce: Buffer] {
  const derived = Buffer.from(hkdfSync('sha256', key, salt, PURPOSE, KEY + NONCE));
  return [derived.subarray(0, KEY), derived.subarray(KEY)];
}
