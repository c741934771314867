import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** NIST SP 800-63B §5.1.1.2 requires eight characters, and advises against rules on the kinds of characters. */
export const PASSWORD_MIN_LENGTH = 8;

/** OWASP's first recommendation for argon2id, the default algorithm of the library: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes and verifies passwords with argon2id, outside of any transaction, since each takes some 100 ms. */
@Injectable()
export class Passwords {
  /** Stands in for the hash of a user without a password, so that the check takes the same time. */
  private readonly decoy = hash(randomBytes(16), COST);

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async hash(password: string): Promise<string> {
    return this.unitOfWork.outside(`hash ${password}`, async () => hash(normalized(password), COST));
  }

  /** Whether `password` has this hash. For a hash of null, false after the same time. */
  async match(passwordHash: string | null, password: string): Promise<boolean> {
    return this.unitOfWork.outside(`match ${passwordHash} ${password}`, async () => {
      const matches = await verify(passwordHash ?? (await this.decoy), normalized(password));
      return matches && passwordHash !== null;
    });
  }
}

/** Keyboards compose the same character in different ways (NIST SP 800-63B §5.1.1.2). */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
