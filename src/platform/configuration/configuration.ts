import { parseDuration } from '../values/duration.js';
import { ConfigurationError } from './environment/configuration-error.js';
import { GatheredErrors } from './environment/gathered-errors.js';
import { withSecretFiles } from './environment/secret-files.js';
import type { Variables } from './environment/variables.js';
import { expectPercentEncoded, webAddress, withoutCredentials } from './environment/web-address.js';
import type { Pooler } from './sections/database-configuration.js';
import { type DatabaseConfiguration, readDatabase } from './sections/database-configuration.js';
import { readCorsOrigins, readPublicUrl, readTrustedProxies } from './sections/network-configuration.js';
import { readTracing, type TracingConfiguration } from './sections/tracing-configuration.js';

export { ConfigurationError };

export const AUTH_MODES = ['optional', 'required'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

/** Whether a person may create users, or keys alone. */
export const SIGN_UP = ['open', 'closed'] as const;
export type SignUp = (typeof SIGN_UP)[number];

/** Whom a person sees: every user, or the people with whom they share an event. */
export const DIRECTORIES = ['open', 'shared'] as const;
export type Directory = (typeof DIRECTORIES)[number];

/** The visibility of a new event whose request names none. */
export const DEFAULT_VISIBILITIES = ['public', 'private'] as const;
export type DefaultVisibility = (typeof DEFAULT_VISIBILITIES)[number];

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const SWITCH = ['on', 'off'] as const;
const FLAG = ['true', 'false'] as const;

/** So many requests in so many seconds. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** An OpenID Connect provider whose tokens are accepted. */
export interface OidcProvider {
  /** As its tokens spell it. */
  readonly issuer: string;
  readonly audience: string;
}

/** What the environment says of this process, read once at boot. Also the token it is injected by. */
export abstract class Configuration implements DatabaseConfiguration {
  abstract readonly production: boolean;
  abstract readonly host: string;
  abstract readonly port: number;
  abstract readonly databaseUrl: string | null;
  abstract readonly databaseReplicaUrl: string | null;
  abstract readonly databaseDirectUrl: string | null;
  abstract readonly databasePooler: Pooler;
  abstract readonly databaseSchema: string;
  abstract readonly databasePoolSize: number;
  abstract readonly dataDir: string;
  abstract readonly authMode: AuthMode;
  abstract readonly signUp: SignUp;
  abstract readonly directory: Directory;
  abstract readonly defaultVisibility: DefaultVisibility;
  /** The first signs tokens, each verifies them. Empty: one is made and kept in `dataDir`. */
  abstract readonly jwtSecrets: readonly string[];
  /** Null: passwords alone. */
  abstract readonly oidc: OidcProvider | null;
  /** Null: no limit. */
  abstract readonly rateLimit: RateLimit | null;
  abstract readonly logLevel: LogLevel;
  /** Whether the log is lines for people rather than JSON. */
  abstract readonly logPretty: boolean;
  /** The prefix, without a slash at its end, of every URL that the service writes. Null: URLs are paths. */
  abstract readonly publicUrl: string | null;
  /** The origins whose pages may call; `*` every one. Empty: none. */
  abstract readonly corsOrigins: readonly string[];
  /** The networks of the proxies whose word counts for a client's address. */
  abstract readonly trustedProxies: readonly string[];
  /** Milliseconds between the signal to end, from which on the service is not ready, and the end of its service. */
  abstract readonly shutdownDelay: number;
  /** Whether this instance fires reminders; at least one over a database has to. */
  abstract readonly reminderDispatch: boolean;
  /** Null: no reminders by email. */
  abstract readonly smtpUrl: string | null;
  /** Whom emails come from. */
  abstract readonly smtpFrom: string;
  /** The key that webhooks are signed with; null: no webhooks. */
  abstract readonly webhookSecret: Buffer | null;
  /** Whether webhooks may call loopback, private and other addresses that are not of the public internet. */
  abstract readonly webhookAllowPrivate: boolean;
  /** Null: no tracing. */
  abstract readonly tracing: TracingConfiguration | null;
}

type SmtpConfiguration = Pick<Configuration, 'smtpUrl' | 'smtpFrom'>;

/** HS256 takes a key of at least the size of its hash (RFC 7518, 3.2). */
const JWT_SECRET_MIN_BYTES = 32;

/** The least that Standard Webhooks demands of a key. */
const WEBHOOK_SECRET_MIN_BYTES = 24;

/** The most that Standard Webhooks allows for a key of its form. */
const WEBHOOK_SECRET_MAX_BYTES = 64;

/** Marks a key in the form of Standard Webhooks. */
const WEBHOOK_SECRET_PREFIX = 'whsec_';

/** Seconds. No load balancer lets an instance leave for longer (AWS: 3,600 s). */
export const MAX_SHUTDOWN_DELAY = 3_600;

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1, sec: 1, min: 60, h: 3600, hour: 3600 };

/**
 * Reads the environment.
 * @param terminal whether the log goes to a terminal
 * @throws {ConfigurationError} with one sentence for each variable that cannot be used
 */
export function readConfiguration(
  environment: Variables,
  terminal: boolean = process.stdout.isTTY,
): Configuration {
  const errors = new GatheredErrors();
  const env = withSecretFiles(environment, errors);
  const production = env.NODE_ENV === 'production';
  const choice = <T extends string>(name: keyof Variables, byDefault: NoInfer<T>, allowed: readonly T[]): T =>
    errors.of(() => readOneOf(name, env[name] || byDefault, allowed));
  const configuration: Configuration = {
    production,
    host: env.HOST || (production ? '0.0.0.0' : '127.0.0.1'),
    port: errors.of(() => readPort(env.PORT || '3000')),
    ...readDatabase(env, errors),
    dataDir: env.DATA_DIR || '.data',
    authMode: choice('AUTH_MODE', production ? 'required' : 'optional', AUTH_MODES),
    signUp: choice('SIGN_UP', 'open', SIGN_UP),
    directory: choice('DIRECTORY', production ? 'shared' : 'open', DIRECTORIES),
    defaultVisibility: choice('DEFAULT_VISIBILITY', 'public', DEFAULT_VISIBILITIES),
    jwtSecrets: errors.of(() => readJwtSecrets(env, production)),
    oidc: errors.of(() => readOidcProvider(env.OIDC_ISSUER, env.OIDC_AUDIENCE)),
    rateLimit: errors.of(() => readRateLimit(env.RATE_LIMIT || (production ? '600/min' : 'off'))),
    logLevel: choice('LOG_LEVEL', 'info', LOG_LEVELS),
    logPretty: choice('LOG_PRETTY', terminal ? 'true' : 'false', FLAG) === 'true',
    publicUrl: errors.of(() => readPublicUrl(env.PUBLIC_URL)),
    corsOrigins: errors.of(() => readCorsOrigins(env.CORS_ORIGINS)),
    trustedProxies: errors.of(() => readTrustedProxies(env.TRUST_PROXY)),
    shutdownDelay: errors.of(() => readShutdownDelay(env.SHUTDOWN_DELAY || (production ? '5s' : '0s'))),
    reminderDispatch: choice('REMINDER_DISPATCH', 'on', SWITCH) === 'on',
    ...errors.of(() => readSmtp(env)),
    webhookSecret: errors.of(() => readWebhookSecret(env.WEBHOOK_SECRET)),
    webhookAllowPrivate: choice('WEBHOOK_ALLOW_PRIVATE', 'false', FLAG) === 'true',
    tracing: errors.of(() => readTracing(env)),
  };
  errors.throwIfAny();
  return Object.freeze(configuration);
}

function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) {
    throw new ConfigurationError(`PORT must be a number from 0 to 65535, not "${value}".`);
  }
  return port;
}

/** Several, separated by commas, so that a new one can take over while the tokens of the old one run out. */
function readJwtSecrets(
  { JWT_SECRET: value, JWT_SECRET_FILE: file }: Variables,
  production: boolean,
): readonly string[] {
  if (!value) {
    // A file that cannot be read has an error of its own.
    if (production && !file) {
      throw new ConfigurationError('JWT_SECRET must be set with NODE_ENV=production.');
    }
    return [];
  }
  const secrets = value.split(',').map((secret) => secret.trim());
  if (secrets.some((secret) => Buffer.byteLength(secret) < JWT_SECRET_MIN_BYTES)) {
    throw new ConfigurationError(
      `JWT_SECRET must have at least ${JWT_SECRET_MIN_BYTES} bytes; where it names several, each of them.`,
    );
  }
  return secrets;
}

function readOidcProvider(issuer: string | undefined, audience: string | undefined): OidcProvider | null {
  if (!issuer && !audience) {
    return null;
  }
  if (!issuer || !audience) {
    throw new ConfigurationError('OIDC_ISSUER and OIDC_AUDIENCE must be set together.');
  }
  expectPercentEncoded('OIDC_ISSUER', issuer);
  const url = webAddress(issuer);
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new ConfigurationError(
      `OIDC_ISSUER must be an https address, not "${withoutCredentials(issuer)}".`,
    );
  }
  return { issuer, audience };
}

function readRateLimit(value: string): RateLimit | null {
  if (value === 'off') {
    return null;
  }
  const [, requests, unit] = /^([1-9]\d{0,8})\/([a-z]+)$/.exec(value) ?? [];
  const seconds = unit === undefined ? undefined : SECONDS_PER_UNIT[unit];
  if (requests === undefined || seconds === undefined) {
    throw new ConfigurationError(
      `RATE_LIMIT must be "off" or of the form 600/min (s, min, h), not "${value}".`,
    );
  }
  return { requests: Number(requests), seconds };
}

function readShutdownDelay(value: string): number {
  const seconds = parseDuration(value);
  if (seconds === null || seconds > MAX_SHUTDOWN_DELAY) {
    throw new ConfigurationError(
      `SHUTDOWN_DELAY must be a duration of at most an hour, such as 5s, not "${value}".`,
    );
  }
  return seconds * 1000;
}

function readSmtp({ SMTP_URL: url, SMTP_FROM: from }: Variables): SmtpConfiguration {
  if (!url) return { smtpUrl: null, smtpFrom: from || 'calendar@localhost' };
  expectPercentEncoded('SMTP_URL', url);
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: null, hostname: '' };
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || hostname === '') {
    // The value may hold a password, so the message does not repeat it.
    throw new ConfigurationError('SMTP_URL must have the form smtp://user:password@host:587 (or smtps:).');
  }
  return { smtpUrl: url, smtpFrom: from || `calendar@${hostname}` };
}

/** The key: of the form that Standard Webhooks libraries share (`whsec_` and base64), or any other text as it is. */
function readWebhookSecret(value: string | undefined): Buffer | null {
  if (!value) return null;
  if (value.startsWith(WEBHOOK_SECRET_PREFIX)) return readStandardSecret(value);
  const key = Buffer.from(value);
  if (key.length < WEBHOOK_SECRET_MIN_BYTES) {
    throw new ConfigurationError(`WEBHOOK_SECRET must have at least ${WEBHOOK_SECRET_MIN_BYTES} bytes.`);
  }
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

function readOneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) {
    throw new ConfigurationError(`${name} must be one of ${allowed.join(', ')}, not "${value}".`);
  }
  return found;
}

/** Whether only this machine reaches the host; `0.0.0.0` and `::` are every interface. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
