import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DAY, HOUR } from '../calendar/time/civil-time.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError, invalidInput } from '../errors/domain-error.js';
import { DependencyUnavailable } from '../errors/service-unavailable.js';
import { Clock } from '../platform/clock/clock.js';
import { Mailer } from '../platform/mail/mailer.js';
import { callerAddress } from '../platform/network/caller-address.js';
import { AttemptLimitsService } from './attempt-limits.service.js';
import type { TokenOwner } from './secrets/access-tokens.js';
import { hashOfToken, randomToken } from './secrets/random-token.js';
import { AddressesRepository } from './store/addresses.repository.js';
import { GenerationsRepository } from './store/generations.repository.js';
import { MailedTokensRepository } from './store/mailed-tokens.repository.js';

/** Milliseconds: a mail may wait for a night. */
export const VERIFICATION_LIFETIME = DAY;

/** A user corrects an address a few times; a user who asks more often mails strangers. */
export const MAX_MAILS_PER_USER = 10;
const USER_PERIOD = DAY;

/** A mail may be lost; the owner of an address that others name must not be flooded. */
export const MAX_MAILS_PER_ADDRESS = 3;
const ADDRESS_PERIOD = HOUR;

/** Many people may sit behind one network address; a client that signs up again and again mails strangers. */
export const MAX_MAILS_PER_CLIENT = 30;
const CLIENT_PERIOD = HOUR;

/** Milliseconds for the mail server to take a message: less than a request may take, so that the client is told. */
const SEND_TIMEOUT = 8_000;

const REFUSAL =
  'Too many verification mails to this address, for this user or from this client. Try again later.';

/** A user whose address is to be verified. */
export interface Addressee extends TokenOwner {
  readonly email: string;
  readonly normalisedEmail: string | null;
  /** The network address that the request comes from. */
  readonly clientAddress: string;
}

/** Lets users prove by a mailed token that they have their address. */
@Injectable()
export class EmailVerificationService {
  private readonly logger = new Logger(EmailVerificationService.name);

  constructor(
    private readonly mailer: Mailer,
    private readonly tokens: MailedTokensRepository,
    private readonly addresses: AddressesRepository,
    private readonly generations: GenerationsRepository,
    private readonly limits: AttemptLimitsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Mails a token to the user's address, in place of an earlier one, outside of any transaction. Resolves when the mail
   * server has taken it.
   * @throws {DomainError} conflict `email_not_configured`, `email_taken` @throws {TooManyAttemptsError}
   * @throws {DependencyUnavailable} if the mail server does not take the message
   */
  async mail(addressee: Addressee): Promise<void> {
    await this.unitOfWork.outside(`verification mail for user ${addressee.userId}`, async () =>
      this.mailNow(addressee),
    );
  }

  /**
   * Verifies the user's address by the token that was mailed to it.
   * @throws {DomainError} invalid `invalid_mailed_token`, if it is unknown, used, too old, or of an earlier address or password
   */
  async verify(userId: number, token: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const generation = await this.generations.locked(userId);
      const taken = await this.tokens.take(userId, 'verify_email', hashOfToken(token));
      const now = this.clock.now();
      const isGood = taken !== null && taken.generation === generation && taken.expiresAt > now;
      if (!isGood || !(await this.addresses.confirm(userId, taken.email, now))) throw invalidToken();
    });
  }

  /** Frees a normalised address that an identity token confirms, unless its holder has verified it. */
  async takeAway(email: string, userId: number): Promise<void> {
    await this.addresses.takeAway(email, userId);
  }

  private async mailNow({
    userId,
    generation,
    email,
    normalisedEmail,
    clientAddress,
  }: Addressee): Promise<void> {
    if (!this.mailer.isConfigured) {
      throw new DomainError('conflict', 'email_not_configured', 'SMTP_URL is not set on this server.');
    }
    if (normalisedEmail === null) {
      throw new DomainError('conflict', 'email_taken', `${email} belongs to another user.`);
    }
    const toAddress = `verification mail to ${normalisedEmail}`;
    const forUser = `verification mail for user ${userId}`;
    const fromClient = `verification mail from ${callerAddress(clientAddress)}`;
    await this.limits.count([{ subject: toAddress, max: MAX_MAILS_PER_ADDRESS }], ADDRESS_PERIOD, REFUSAL);
    await this.limits.count([{ subject: forUser, max: MAX_MAILS_PER_USER }], USER_PERIOD, REFUSAL);
    await this.limits.count([{ subject: fromClient, max: MAX_MAILS_PER_CLIENT }], CLIENT_PERIOD, REFUSAL);
    const token = randomToken();
    const expiresAt = new Date(this.clock.now().getTime() + VERIFICATION_LIFETIME);
    await this.tokens.keep({
      userId,
      purpose: 'verify_email',
      hash: hashOfToken(token),
      email: normalisedEmail,
      generation,
      expiresAt,
    });
    try {
      await this.send(email, token);
    } catch (error) {
      this.logger.warn(error);
      for (const subject of [toAddress, forUser, fromClient]) await this.limits.takeBack(subject);
      throw new DependencyUnavailable('The mail server does not take the message just now.');
    }
  }

  /** Sends nothing of the user but the address, so that nobody sends words of their own to strangers. */
  private async send(address: string, token: string): Promise<void> {
    const deadline = new AbortController();
    const timeout = sleep(SEND_TIMEOUT, undefined, { signal: deadline.signal }).then(() => {
      throw new Error('The mail server took too long.');
    });
    try {
      const message = {
        to: { name: '', address },
        subject: 'Confirm your email address',
        text: textOf(token),
      };
      await Promise.race([this.mailer.send(message), timeout]);
    } finally {
      deadline.abort();
      timeout.catch(() => undefined);
    }
  }
}

function textOf(token: string): string {
  return `A user of a calendar service gave this email address.
If that was you, confirm the address with this token within 24 hours:

${token}

If it was not you, ignore this message.
`;
}

function invalidToken(): DomainError {
  const { detail, errors } = invalidInput({
    field: 'token',
    message: 'is unknown, used, too old, or of an earlier address or password',
  });
  return new DomainError('invalid', 'invalid_mailed_token', detail, errors);
}
