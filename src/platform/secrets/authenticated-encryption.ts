import { createCipheriv, createDecipheriv } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';

/** Bytes. */
export const [KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 12, 16] as const;

/** A key and a nonce, which together encrypt one text and no other. */
export interface OneTimeKey {
  readonly key: Buffer;
  readonly nonce: Buffer;
}

/** An encrypted text, and the tag that proves that nobody has changed it. */
export interface Encrypted {
  readonly text: Buffer;
  readonly tag: Buffer;
}

/** Encrypts a text, so that without the key nobody can read or change it (AES-256-GCM, NIST SP 800-38D). */
export function encrypt(text: string, { key, nonce }: OneTimeKey): Encrypted {
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { text: encrypted, tag: cipher.getAuthTag() };
}

/** The text of `encrypt`; null: another key encrypted it, or it has changed since. */
export function decrypt({ text, tag }: Encrypted, { key, nonce }: OneTimeKey): string | null {
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
