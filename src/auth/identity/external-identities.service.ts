import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { type ExternalAccount, nameOfAccount } from '../model/external-account.js';
import type { TokenSubject } from '../model/token-subject.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { AddressesRepository } from '../store/addresses.repository.js';
import { ExternalIdentitiesRepository } from '../store/external-identities.repository.js';

/** Finds the users of accounts at an OpenID Connect provider, and links them. */
@Injectable()
export class ExternalIdentitiesService {
  constructor(
    private readonly identities: ExternalIdentitiesRepository,
    private readonly addresses: AddressesRepository,
    private readonly sessions: SessionsService,
    private readonly feed: ChangeFeed,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The user of the account; null: none. The first time, the service finds the user by the verified address and links
   * the account. After that, it finds the user by the account.
   */
  async userOf(account: ExternalAccount): Promise<TokenSubject | null> {
    const { issuer, subject, verifiedEmail } = account;
    const linked = await this.identities.userOf(issuer, subject);
    if (verifiedEmail === null) return linked;
    if (linked === null) {
      await this.unitOfWork.run(async () => this.link(account, verifiedEmail));
      // Read again, since a concurrent request may have linked the account.
      return this.identities.userOf(issuer, subject);
    }
    if (!linked.isVerified && linked.normalisedEmail === verifiedEmail)
      await this.addresses.confirm(linked.userId, verifiedEmail, this.clock.now());
    return linked;
  }

  /**
   * Links the account to the user with its address. If the address was not verified, the person who signed up with it
   * may not own it: the service then resets the user, so that this person can neither log in nor receive reminders. If
   * the user is linked to another account at the same provider, the user loses the unverified address instead.
   */
  private async link(account: ExternalAccount, email: string): Promise<void> {
    const { issuer, subject } = account;
    const now = this.clock.now();
    const holder = await this.identities.lockHolder(email, issuer);
    if (!holder) return;
    const { userId } = holder;
    if (holder.isLinked) {
      if (!holder.isVerified) await this.addresses.removeUnverified(email, null);
      return;
    }
    if (!(await this.identities.add({ issuer, subject, userId, createdAt: now }))) return;
    await this.sessions.endAll(userId);
    if (!holder.isProtected) this.feed.accountProtected(userId);
    if (holder.isVerified) return this.identities.protect(userId);
    await this.identities.reset(userId, nameOfAccount(account, holder.email), now);
    await this.identities.removeOthersOf(userId, issuer);
    this.feed.accountReset(userId);
  }
}
