import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** NIST SP 800-63B §5.1.1.2 asks for eight characters, and for no rule on which. */
export const PASSWORD_MIN_LENGTH = 8;

/** OWASP's first recommendation for argon2id, the library's algorithm where none is named: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes passwords by argon2id, and checks them: always outside of a transaction, since both take some 100 ms. */
@Injectable()
export class Passwords {
  /** Checked in place of a hash that is not there, so that its absence takes the same time. */
  private readonly decoy = hash(randomBytes(16), COST);

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async hash(password: string): Promise<string> {
    return this.unitOfWork.outside(`hash ${password}`, async () => hash(normalized(password), COST));
  }

  /** Whether `password` has this hash; takes as long, and answers no, where there is none. */
  async match(passwordHash: string | null, password: string): Promise<boolean> {
    return this.unitOfWork.outside(`match ${passwordHash} ${password}`, async () => {
      const matches = await verify(passwordHash ?? (await this.decoy), normalized(password));
      return matches && passwordHash !== null;
    });
  }
}

/** Keyboards differ in how they compose the same character (NIST SP 800-63B §5.1.1.2). */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
