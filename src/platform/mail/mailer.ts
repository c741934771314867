import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { SECOND } from '../../calendar/time/civil-time.js';
import { Clock } from '../clock/clock.js';
import { Configuration } from '../configuration/configuration.js';
import { inChildSpan, type SpanStart } from '../tracing/tracing.js';

/** Milliseconds: a sender gives up within 15 s, and its connection must not stay open for minutes after that. */
const TIMEOUT = 10 * SECOND;
const TIMEOUTS = {
  dnsTimeout: TIMEOUT,
  connectionTimeout: TIMEOUT,
  greetingTimeout: TIMEOUT,
  socketTimeout: TIMEOUT,
};

/** Sends mail by the server of `SMTP_URL`. */
@Injectable()
export class Mailer implements OnModuleDestroy {
  private readonly transport: ReturnType<typeof createTransport> | null;

  constructor(
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {
    const { smtpUrl } = configuration;
    this.transport = smtpUrl === null ? null : createTransport({ url: smtpUrl, ...TIMEOUTS });
  }

  /** Whether `SMTP_URL` is set. */
  get isConfigured(): boolean {
    return this.transport !== null;
  }

  /** Resolves when the mail server has taken the message. */
  async send(message: SendMailOptions): Promise<void> {
    const { transport } = this;
    const { smtpUrl, smtpFrom } = this.configuration;
    if (!transport || smtpUrl === null) throw new Error('SMTP_URL is not set any more.');
    await inChildSpan(
      () => mailBy(new URL(smtpUrl)),
      async () =>
        transport.sendMail({
          from: smtpFrom,
          date: this.clock.now(),
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...message,
        }),
    );
  }

  onModuleDestroy(): void {
    this.transport?.close();
  }
}

function mailBy({ protocol, hostname, port }: URL): SpanStart {
  return {
    name: 'send mail',
    kind: 'client',
    attributes: {
      'network.protocol.name': 'smtp',
      'server.address': hostname,
      'server.port': Number(port) || (protocol === 'smtps:' ? 465 : 587),
    },
  };
}
