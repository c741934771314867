import { readChoice } from '../environment/choice.js';
import { ConfigurationError } from '../environment/configuration-error.js';
import type { GatheredErrors } from '../environment/gathered-errors.js';
import { ON_OFF, TRUE_FALSE, type Variables } from '../environment/variables.js';
import { expectPercentEncoded } from '../environment/web-address.js';

/** How the service delivers reminders and mail. */
export interface DeliveryConfiguration {
  /** Whether this instance sends reminders. At least one instance on a database has to. */
  readonly reminderDispatch: boolean;
  /** Null: no email. */
  readonly smtpUrl: string | null;
  /** The sender of every email. */
  readonly smtpFrom: string;
  /** The key that signs webhooks. Null: no webhooks. */
  readonly webhookSecret: Buffer | null;
  /** Whether this instance makes and sends the deliveries of webhook subscriptions. At least one instance has to. */
  readonly webhookDispatch: boolean;
  /** Whether webhooks, and fetches of subscribed calendars, may call loopback, private and other addresses that are not of the public internet. */
  readonly webhookAllowPrivate: boolean;
  /** Whether this instance fetches subscribed calendars. At least one instance has to. */
  readonly calendarFetch: boolean;
}

/** An address, alone or after a name: `no-reply@example.com`, `Calendar <no-reply@example.com>`. */
const SENDER = /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

/** The least that Standard Webhooks demands of a key. */
const WEBHOOK_SECRET_MIN_BYTES = 24;

/** The most that Standard Webhooks allows for a key of its form. */
const WEBHOOK_SECRET_MAX_BYTES = 64;

/** Marks a key in the form of Standard Webhooks. */
const WEBHOOK_SECRET_PREFIX = 'whsec_';

export function readDelivery(env: Variables, errors: GatheredErrors): DeliveryConfiguration {
  const smtpUrl = errors.of(() => readSmtpUrl(env.SMTP_URL));
  return {
    reminderDispatch:
      errors.of(() => readChoice('REMINDER_DISPATCH', env.REMINDER_DISPATCH || 'on', ON_OFF)) === 'on',
    smtpUrl,
    smtpFrom: errors.of(() => readSender(env.SMTP_FROM, smtpUrl)),
    webhookSecret: errors.of(() => readWebhookSecret(env.WEBHOOK_SECRET)),
    webhookDispatch:
      errors.of(() => readChoice('WEBHOOK_DISPATCH', env.WEBHOOK_DISPATCH || 'on', ON_OFF)) === 'on',
    webhookAllowPrivate:
      errors.of(() =>
        readChoice('WEBHOOK_ALLOW_PRIVATE', env.WEBHOOK_ALLOW_PRIVATE || 'false', TRUE_FALSE),
      ) === 'true',
    calendarFetch: errors.of(() => readChoice('CALENDAR_FETCH', env.CALENDAR_FETCH || 'on', ON_OFF)) === 'on',
  };
}

function readSmtpUrl(url: string | undefined): string | null {
  if (!url) return null;
  expectPercentEncoded('SMTP_URL', url);
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: null, hostname: '' };
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || hostname === '') {
    // The value may hold a password, so the message does not repeat it.
    throw new ConfigurationError('SMTP_URL must have the form smtp://user:password@host:587 (or smtps:).');
  }
  return url;
}

/** By default, the sender is `calendar` at the mail server. */
function readSender(from: string | undefined, smtpUrl: string | null | undefined): string {
  if (!from) return `calendar@${smtpUrl ? new URL(smtpUrl).hostname : 'localhost'}`;
  if (!SENDER.test(from)) {
    throw new ConfigurationError(
      `SMTP_FROM must be an email address, such as no-reply@example.com or Calendar <no-reply@example.com>, not "${from}".`,
    );
  }
  return from;
}

/** The key: of the form that Standard Webhooks libraries share (`whsec_` and base64), or any other text as it is. */
function readWebhookSecret(value: string | undefined): Buffer | null {
  if (!value) return null;
  if (value.startsWith(WEBHOOK_SECRET_PREFIX)) return readStandardSecret(value);
  const key = Buffer.from(value);
  if (key.length < WEBHOOK_SECRET_MIN_BYTES)
    throw new ConfigurationError(`WEBHOOK_SECRET must have at least ${WEBHOOK_SECRET_MIN_BYTES} bytes.`);
  return key;
}

function readStandardSecret(value: string): Buffer {
  const base64 = value.slice(WEBHOOK_SECRET_PREFIX.length);
  const key = Buffer.from(base64, 'base64');
  // Node.js ignores characters that are not base64.
  const wrong = key.toString('base64') !== base64;
  if (wrong || key.length < WEBHOOK_SECRET_MIN_BYTES || key.length > WEBHOOK_SECRET_MAX_BYTES) {
    throw new ConfigurationError(
      `WEBHOOK_SECRET must have the base64 of ${WEBHOOK_SECRET_MIN_BYTES} to ${WEBHOOK_SECRET_MAX_BYTES} bytes after ` +
        `${WEBHOOK_SECRET_PREFIX}.`,
    );
  }
  return key;
}
