import { createHash, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decrypt, encrypt, KEY_BYTES, NONCE_BYTES, TAG_BYTES } from './authenticated-encryption.js';
import { SigningKeys } from './signing-keys.js';

/** Makes the keys differ from those of other uses of the secrets. */
const PURPOSE = 'sealed secrets';

const ID_CHARACTERS = 8;

interface SealingKey {
  /** Tells which key opens a text. Reveals nothing of the key. */
  readonly id: string;
  readonly key: Buffer;
}

/**
 * Seals secrets that the service must read again, so that a copy of the database alone does not reveal them.
 * The first key of the installation seals. Every key opens, so that the secrets of the installation can be replaced.
 */
@Injectable()
export class SealedSecrets {
  private readonly keys: readonly SealingKey[];

  constructor({ all }: SigningKeys) {
    this.keys = all.map(sealingKeyOf);
  }

  /** What the texts begin with that the first key has sealed. */
  get presentPrefix(): string {
    return `${this.keys[0]?.id}.`;
  }

  seal(secret: string): string {
    const [{ id, key }] = this.keys as [SealingKey];
    const nonce = randomBytes(NONCE_BYTES);
    const { text, tag } = encrypt(secret, { key, nonce });
    return `${id}.${Buffer.concat([nonce, tag, text]).toString('base64url')}`;
  }

  /** The secret in a text of `seal`; null: no key of the installation has sealed it. */
  open(text: string): string | null {
    const [id, encoded = ''] = text.split('.', 2);
    const found = this.keys.find((key) => key.id === id);
    const bytes = Buffer.from(encoded, 'base64url');
    const end = NONCE_BYTES + TAG_BYTES;
    if (!found || bytes.length < end) return null;
    const encrypted = { text: bytes.subarray(end), tag: bytes.subarray(NONCE_BYTES, end) };
    return decrypt(encrypted, { key: found.key, nonce: bytes.subarray(0, NONCE_BYTES) });
  }
}

function sealingKeyOf(secret: KeyObject): SealingKey {
  const key = Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, KEY_BYTES));
  const id = createHash('sha256').update(key).digest('hex').slice(0, ID_CHARACTERS);
  return { id, key };
}
