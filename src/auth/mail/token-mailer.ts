import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { SECOND } from '../../calendar/time/civil-time.js';
import { DomainError } from '../../errors/domain-error.js';
import { Mailer } from '../../platform/mail/mailer.js';

/** Milliseconds for the mail server to accept a message: less than the time-out of a request. */
const SEND_TIMEOUT = 8 * SECOND;

/** A mail with a token. It has no text of a user, so that a user cannot send own words to strangers. */
export interface TokenMail {
  /** The address as the user entered it. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends tokens to the addresses of users. */
@Injectable()
export class TokenMailer {
  constructor(private readonly mailer: Mailer) {}

  /** Whether `SMTP_URL` is set. */
  get isConfigured(): boolean {
    return this.mailer.isConfigured;
  }

  /** @throws {DomainError} conflict `email_not_configured` */
  requireConfigured(): void {
    if (this.isConfigured) return;
    throw new DomainError('conflict', 'email_not_configured', 'SMTP_URL is not set on this server.');
  }

  /** Resolves when the mail server has accepted the mail. @throws {Error} if it does not accept the mail in time */
  async send({ to, subject, text }: TokenMail): Promise<void> {
    const deadline = new AbortController();
    const timeout = sleep(SEND_TIMEOUT, undefined, { signal: deadline.signal }).then(() => {
      throw new Error('The mail server took too long.');
    });
    try {
      await Promise.race([this.mailer.send({ to: { name: '', address: to }, subject, text }), timeout]);
    } finally {
      deadline.abort();
      timeout.catch(() => undefined);
    }
  }
}
