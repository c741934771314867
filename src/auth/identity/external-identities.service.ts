import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { textFault } from '../../http/fields/text-field.js';
import { Clock } from '../../platform/clock/clock.js';
import type { TokenOwner } from '../secrets/access-tokens.js';
import type { ExternalAccount } from '../secrets/oidc-tokens.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { AddressesRepository } from '../store/addresses.repository.js';
import { type AddressHolder, ExternalIdentitiesRepository } from '../store/external-identities.repository.js';

/** As the table of users bounds it. */
const MAX_NAME_LENGTH = 200;

/** Knows which user an account at an OpenID Connect provider belongs to. */
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

  /** The user of the account. The first time it is found by its verified address, and from then on by the account. */
  async userOf(account: ExternalAccount): Promise<TokenOwner | null> {
    const { issuer, subject, verifiedEmail } = account;
    const known = await this.identities.userOf(issuer, subject);
    if (verifiedEmail === null) return known;
    if (known === null) {
      await this.unitOfWork.run(async () => this.link(account, verifiedEmail));
      // Read again, since another request may have done the same.
      return this.identities.userOf(issuer, subject);
    }
    if (!known.isVerified && known.normalisedEmail === verifiedEmail) {
      await this.addresses.confirm(known.userId, verifiedEmail, this.clock.now());
    }
    return known;
  }

  /**
   * Links the account to the user who holds its address. If nobody had verified the address, whoever signed up with it
   * may have had no right to it: the user keeps nothing by which that person could come back or be told of the calendar.
   * A user of another account at the same provider loses the address instead.
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
    if (holder.isVerified) return this.identities.protect(userId);
    await this.identities.reset(userId, nameOf(account, holder), now);
    await this.identities.removeOthersOf(userId, issuer);
    this.feed.accountReset(userId);
  }
}

/** What the provider calls the user, else the local part of the address. */
function nameOf({ name }: ExternalAccount, { email }: AddressHolder): string {
  if (name !== null && textFault(name, 1, MAX_NAME_LENGTH) === null) return name;
  return email.slice(0, email.lastIndexOf('@')).slice(0, MAX_NAME_LENGTH);
}
