import { Injectable } from '@nestjs/common';
import { HOUR } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import { callerAddress } from '../../platform/network/caller-address.js';
import { AttemptLimitsService } from '../attempts/attempt-limits.service.js';
import { LoginThrottleService } from '../login/login-throttle.service.js';
import { TokenMailer } from '../mail/token-mailer.js';
import { invalidMailedToken, isValidMailedToken } from '../model/mailed-token.js';
import { Passwords } from '../secrets/passwords.js';
import { hashOfToken } from '../secrets/random-token.js';
import { ownerOfResetToken } from '../secrets/reset-token.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { CredentialsRepository } from '../store/credentials.repository.js';
import { GenerationsRepository } from '../store/generations.repository.js';
import { MailedTokensRepository } from '../store/mailed-tokens.repository.js';
import { ResetMails } from './reset-mails.js';

/** A mail may be lost. More mails would flood the owner of the address. */
export const MAX_RESETS_PER_ADDRESS = 3;

/** Many users may share one network address. */
export const MAX_RESETS_PER_CLIENT = 30;

/** Milliseconds. */
export const RESETS_PERIOD = HOUR;

/** A person who has forgotten the password. */
export interface ForgottenPassword {
  readonly tenantId: number;
  readonly email: string;
}

export interface PasswordReset {
  readonly token: string;
  readonly newPassword: string;
}

/** Resets passwords by tokens that the service mails to the addresses of users. */
@Injectable()
export class PasswordResetsService {
  constructor(
    private readonly mailer: TokenMailer,
    private readonly mails: ResetMails,
    private readonly tokens: MailedTokensRepository,
    private readonly credentials: CredentialsRepository,
    private readonly generations: GenerationsRepository,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsService,
    private readonly limits: AttemptLimitsService,
    private readonly throttle: LoginThrottleService,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
    private readonly clock: Clock,
  ) {}

  /**
   * Accepts a request to mail a token. A request for an unknown address, or for a user without a password, ends in the
   * same way and in the same time, and no mail follows. Beyond the limits of an address or of a client no mail follows
   * either: a refusal would reveal to strangers that somebody else has asked for the address.
   * @param clientAddress the network address that the request comes from
   * @throws {DomainError} conflict `email_not_configured`
   */
  async request({ tenantId, email }: ForgottenPassword, clientAddress: string): Promise<void> {
    this.mailer.requireConfigured();
    const address = normalisedEmail(email);
    const limits = [
      { subject: `password reset of ${address}`, max: MAX_RESETS_PER_ADDRESS },
      {
        subject: `password reset from ${callerAddress(clientAddress)}`,
        max: MAX_RESETS_PER_CLIENT,
        inAllTenants: true,
      },
    ];
    await this.tenant.run(tenantId, async () => {
      // Outside of a transaction, since the counts of a client are those of all tenants.
      const isBeyond = await this.unitOfWork.outside(`count reset of ${address}`, async () =>
        this.limits.countExceeds(limits, RESETS_PERIOD),
      );
      if (!isBeyond) await this.mails.request(address);
    });
  }

  /**
   * Sets the password of the user whom the token names, and ends every session and token of the user.
   * @throws {DomainError} invalid `invalid_mailed_token`: the token is unknown, used, expired, or of an earlier address or
   * password
   */
  async reset({ token, newPassword }: PasswordReset): Promise<void> {
    const owner = ownerOfResetToken(token);
    if (owner === null) throw invalidMailedToken();
    await this.tenant.run(owner.tenantId, async () =>
      this.unitOfWork.run(async () => this.consume(owner.userId, token, newPassword)),
    );
  }

  private async consume(userId: number, token: string, newPassword: string): Promise<void> {
    const generation = await this.generations.locked(userId);
    const consumed = await this.tokens.take(userId, 'reset_password', hashOfToken(token));
    const now = this.clock.now();
    if (consumed === null || !isValidMailedToken(consumed, generation, now)) throw invalidMailedToken();
    const passwordHash = await this.passwords.hash(newPassword);
    if (!(await this.credentials.setPassword(userId, passwordHash, now, consumed.email)))
      throw invalidMailedToken();
    await this.sessions.endAll(userId);
    await this.throttle.passwordReset(userId);
  }
}
