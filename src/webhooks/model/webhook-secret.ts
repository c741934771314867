import { randomBytes } from 'node:crypto';

/** Marks a secret in the form of Standard Webhooks; the base64 of the key follows. */
const PREFIX = 'whsec_';

/** Standard Webhooks demands 24 to 64 bytes. */
const SECRET_BYTES = 32;

export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** The key of a secret that `newWebhookSecret` made. */
export function keyOfSecret(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}
