import { Injectable, Logger } from '@nestjs/common';
import { DAY, HOUR } from '../../calendar/time/civil-time.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import { DependencyUnavailable } from '../../errors/service-unavailable.js';
import { Clock } from '../../platform/clock/clock.js';
import { callerAddress } from '../../platform/network/caller-address.js';
import { AttemptLimitsService } from '../attempts/attempt-limits.service.js';
import { TokenMailer } from '../mail/token-mailer.js';
import type { AttemptLimit } from '../model/attempt-limit.js';
import { invalidMailedToken, isValidMailedToken, type MailedTokenRecord } from '../model/mailed-token.js';
import { tokenOfTenant } from '../model/tenant-token.js';
import type { TokenSubject } from '../model/token-subject.js';
import { hashOfToken, randomToken } from '../secrets/random-token.js';
import { AddressesRepository } from '../store/addresses.repository.js';
import { GenerationsRepository } from '../store/generations.repository.js';
import { MailedTokensRepository } from '../store/mailed-tokens.repository.js';

/** Milliseconds: a user may read the mail the next morning. */
export const VERIFICATION_LIFETIME = DAY;

/** A user corrects an address a few times. A user who sends more mails may send them to addresses of strangers. */
export const MAX_MAILS_PER_USER = 10;
export const USER_MAILS_PERIOD = DAY;

/** A mail may be lost. More mails would flood the owner of an address that another person has entered. */
export const MAX_MAILS_PER_ADDRESS = 3;
export const ADDRESS_MAILS_PERIOD = HOUR;

/** Many users may share one network address. A client that signs up again and again mails strangers. */
export const MAX_MAILS_PER_CLIENT = 30;
export const CLIENT_MAILS_PERIOD = HOUR;

const REFUSAL =
  'Too many verification mails to this address, for this user or from this client. Try again later.';

/** The user whose address to verify. */
export interface VerificationRecipient extends Omit<TokenSubject, 'tenantId'> {
  readonly email: string;
  readonly normalisedEmail: string | null;
  /** The network address that the request comes from. */
  readonly clientAddress: string;
}

/** Verifies addresses by tokens that the service mails to them. */
@Injectable()
export class EmailVerificationService {
  private readonly logger = new Logger(EmailVerificationService.name);

  constructor(
    private readonly mailer: TokenMailer,
    private readonly tokens: MailedTokensRepository,
    private readonly addresses: AddressesRepository,
    private readonly generations: GenerationsRepository,
    private readonly limits: AttemptLimitsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
    private readonly feed: ChangeFeed,
    private readonly clock: Clock,
  ) {}

  /**
   * Mails a token to the user's address, outside of any transaction. The token replaces an earlier one. Resolves when the
   * mail server has accepted the mail.
   * @throws {DomainError} conflict `email_not_configured`, `email_taken` @throws {TooManyAttemptsError}
   * @throws {DependencyUnavailable} if the mail server does not accept the mail
   */
  async mail(recipient: VerificationRecipient): Promise<void> {
    await this.unitOfWork.outside(`verification mail for user ${recipient.userId}`, async () =>
      this.mailNow(recipient),
    );
  }

  /**
   * Verifies the user's address by the token that the service mailed to it.
   * @throws {DomainError} invalid `invalid_mailed_token`: the token is unknown, used, expired, or of an earlier address or
   * password
   */
  async verify(userId: number, token: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const generation = await this.generations.locked(userId);
      const consumed = await this.tokens.take(userId, 'verify_email', hashOfToken(token));
      const now = this.clock.now();
      const isValid = consumed !== null && isValidMailedToken(consumed, generation, now);
      if (!isValid || !(await this.addresses.confirm(userId, consumed.email, now)))
        throw invalidMailedToken();
      this.feed.addressVerified(userId);
    });
  }

  /** Removes a normalised address from another user than `userId`, unless that user has verified it. */
  async removeUnverified(email: string, userId: number): Promise<void> {
    await this.addresses.removeUnverified(email, userId);
  }

  private async mailNow({
    userId,
    generation,
    email,
    normalisedEmail,
    clientAddress,
  }: VerificationRecipient): Promise<void> {
    this.mailer.requireConfigured();
    if (normalisedEmail === null)
      throw new DomainError('conflict', 'email_taken', 'The address belongs to another user.');
    const limits = mailLimits(normalisedEmail, userId, clientAddress);
    for (const { period, ...limit } of limits) await this.limits.count([limit], period, REFUSAL);
    const token = tokenOfTenant(this.tenant.id, randomToken());
    const record: MailedTokenRecord = {
      userId,
      purpose: 'verify_email',
      hash: hashOfToken(token),
      email: normalisedEmail,
      generation,
      expiresAt: new Date(this.clock.now().getTime() + VERIFICATION_LIFETIME),
    };
    await this.unitOfWork.run(async () => this.tokens.replace(record));
    try {
      await this.mailer.send({ to: email, subject: 'Confirm your email address', text: textOf(token) });
    } catch (error) {
      this.logger.warn(error);
      for (const limit of limits) await this.limits.subtract(limit);
      throw new DependencyUnavailable('The mail server does not accept the mail at the moment.');
    }
  }
}

/** In the order in which the service counts a mail. The service stops at the first limit that the mail exceeds. */
function mailLimits(
  normalisedEmail: string,
  userId: number,
  clientAddress: string,
): readonly (AttemptLimit & { readonly period: number })[] {
  return [
    {
      subject: `verification mail to ${normalisedEmail}`,
      max: MAX_MAILS_PER_ADDRESS,
      period: ADDRESS_MAILS_PERIOD,
    },
    { subject: `verification mail for user ${userId}`, max: MAX_MAILS_PER_USER, period: USER_MAILS_PERIOD },
    {
      subject: `verification mail from ${callerAddress(clientAddress)}`,
      inAllTenants: true,
      max: MAX_MAILS_PER_CLIENT,
      period: CLIENT_MAILS_PERIOD,
    },
  ];
}

function textOf(token: string): string {
  return `A user of a calendar service gave this email address.
If that was you, confirm the address with this token within ${VERIFICATION_LIFETIME / HOUR} hours:

${token}

If it was not you, ignore this message.
`;
}
