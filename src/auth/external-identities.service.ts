import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ExternalIdentitiesRepository } from './external-identities.repository.js';
import type { ExternalAccount } from './oidc-tokens.js';
import { SessionsService } from './sessions.service.js';

/** Knows which user an account at an OpenID Connect provider belongs to. */
@Injectable()
export class ExternalIdentitiesService {
  constructor(
    private readonly identities: ExternalIdentitiesRepository,
    private readonly sessions: SessionsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The user of the account. The first time it is found by its verified address, and from then on by the account.
   * Nobody verified the address of a sign-up, so whoever signed up with it is logged out, and their password gone.
   */
  async userOf({ issuer, subject, verifiedEmail }: ExternalAccount): Promise<number | null> {
    const known = await this.identities.userOf(issuer, subject);
    if (known !== null || verifiedEmail === null) return known;
    const linked = await this.unitOfWork.run(async () => {
      const userId = await this.identities.link(issuer, subject, verifiedEmail, this.clock.now());
      if (userId !== null) await this.sessions.endAll(userId);
      return userId;
    });
    // Null also where another request has just done the same.
    return linked ?? this.identities.userOf(issuer, subject);
  }
}
