import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { HOUR, type Instant, MINUTE } from '../../calendar/time/civil-time.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { inNewTrace, type SpanStart } from '../../platform/tracing/tracing.js';
import { WorkLoop } from '../../platform/work/work-loop.js';
import { TokenMailer } from '../mail/token-mailer.js';
import { hashOfToken } from '../secrets/random-token.js';
import { newResetToken } from '../secrets/reset-token.js';
import { type DueResetMail, ResetMailsRepository } from '../store/reset-mails.repository.js';

/** Milliseconds, by the contract of the API: from the request to the new password. */
export const RESET_LIFETIME = HOUR;

/**
 * Milliseconds until the service mails a token again that no mail server has accepted, or whose instance has ended.
 * Longer than the time in which the mail server must accept a mail.
 * @public `docs/limits.md` lists it.
 */
export const RETRY_PAUSE = MINUTE;

/** Mail servers accept few connections. */
const MAX_RESET_MAILS_AT_ONCE = 4;

const SPAN: SpanStart = { name: 'mail password reset', kind: 'internal', attributes: {} };

interface ResetMail extends DueResetMail {
  readonly token: string;
}

/**
 * Mails tokens that reset passwords, after the responses to their requests. All instances with a mail server share the
 * work, and continue with the mails of an instance that has ended.
 */
@Injectable()
export class ResetMails implements OnModuleDestroy {
  private readonly logger = new Logger(ResetMails.name);
  private readonly loop: WorkLoop;

  constructor(
    private readonly mails: ResetMailsRepository,
    private readonly mailer: TokenMailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    this.loop = new WorkLoop(
      {
        run: async (stopping) => this.mailDue(stopping),
        failed: (error) => this.logger.warn(error),
      },
      clock,
    );
    opening.onOpen(() => {
      if (mailer.isConfigured) this.loop.start();
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }

  /**
   * Records that a mail with a token is due to the user of the current tenant with this address, if there is such a user and the user has a
   * password.
   * @param email the normalised address; null: no user has the address
   */
  async request(email: string | null): Promise<void> {
    const now = this.clock.now();
    await this.mails.request(email, now, new Date(now.getTime() + RESET_LIFETIME));
    this.unitOfWork.afterCommit(() => this.loop.wakeBy(now.getTime()));
  }

  private async mailDue(stopping: () => boolean): Promise<Instant | null> {
    const sender = async (): Promise<void> => {
      while (!stopping() && (await this.mailNext()));
    };
    await Promise.all(Array.from({ length: MAX_RESET_MAILS_AT_ONCE }, sender));
    return (await this.mails.nextDueAt(this.clock.now()))?.getTime() ?? null;
  }

  /** @returns false if no mail is due */
  private async mailNext(): Promise<boolean> {
    const taken = await this.unitOfWork.run(async () => this.takeNext());
    if (taken === null) return false;
    if (taken !== 'withdrawn') await inNewTrace(SPAN, async () => this.send(taken));
    return true;
  }

  /** Makes the token of the next mail. A mail to an earlier address, or from before a new password, is withdrawn. */
  private async takeNext(): Promise<ResetMail | 'withdrawn' | null> {
    const now = this.clock.now();
    const due = await this.mails.lockDue(now);
    if (due === null) return null;
    if (!due.isCurrent) {
      await this.mails.remove(due);
      return 'withdrawn';
    }
    const token = newResetToken(due);
    await this.mails.setToken(due, hashOfToken(token), new Date(now.getTime() + RETRY_PAUSE));
    return { ...due, token };
  }

  private async send(mail: ResetMail): Promise<void> {
    try {
      await this.mailer.send({
        to: mail.address,
        subject: 'Reset your password',
        text: textOf(mail.token),
      });
    } catch (error) {
      this.logger.warn(error);
      return;
    }
    await this.mails.sent(mail, hashOfToken(mail.token));
  }
}

function textOf(token: string): string {
  return `Somebody asked to reset the password of your account at a calendar service.
If that was you, set a new password with this token within ${RESET_LIFETIME / MINUTE} minutes:

${token}

If it was not you, ignore this message. Your password stays as it is.
`;
}
