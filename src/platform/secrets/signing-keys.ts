import { createSecretKey, type KeyObject } from 'node:crypto';

/** The keys made of the configured secrets. The first key signs. Every key verifies, so that secrets can be replaced. */
export class SigningKeys {
  readonly all: readonly [KeyObject, ...KeyObject[]];

  constructor(secrets: readonly string[]) {
    const [first, ...others] = secrets.map((secret) => createSecretKey(Buffer.from(secret)));
    this.all = [first, ...others];
  }
}
