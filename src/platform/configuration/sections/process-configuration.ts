import { HOUR, MINUTE, SECOND } from '../../../calendar/time/civil-time.js';
import { durationText, parseDuration } from '../../values/duration.js';
import { readChoice } from '../environment/choice.js';
import { ConfigurationError } from '../environment/configuration-error.js';
import type { GatheredErrors } from '../environment/gathered-errors.js';
import { TRUE_FALSE, type Variables } from '../environment/variables.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A number of requests in a number of seconds. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** The data folder, the log, the limits of requests and the end of the process. */
export interface ProcessConfiguration {
  readonly dataDir: string;
  /** Of each user, and of each address without a user. Null: no limit. */
  readonly rateLimit: RateLimit | null;
  /** Of each API key. Null: no limit. */
  readonly rateLimitKeys: RateLimit | null;
  readonly logLevel: LogLevel;
  /** Whether the log is lines for people rather than JSON. */
  readonly logPretty: boolean;
  /** Milliseconds from the signal to end, after which the service is not ready, to the end of its service. */
  readonly shutdownDelay: number;
  /** Bytes of calendars that the process keeps in memory; 0: it keeps none. */
  readonly calendarCacheBytes: number;
}

/**
 * Seconds. No load balancer needs longer to stop using an instance (AWS: 3,600 s).
 * @public `docs/limits.md` lists it.
 */
export const MAX_SHUTDOWN_DELAY = HOUR / SECOND;

const MEGABYTE = 2 ** 20;

/** The busy time of some 1,500 users for three months. */
const DEFAULT_CALENDAR_CACHE_MB = 64;

/**
 * More than a process can use.
 * @public `docs/limits.md` lists it.
 */
export const MAX_CALENDAR_CACHE_MB = 65_536;

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  min: MINUTE / SECOND,
  h: HOUR / SECOND,
  hour: HOUR / SECOND,
};

/** @param terminal whether the log goes to a terminal */
export function readProcess(
  env: Variables,
  production: boolean,
  terminal: boolean,
  errors: GatheredErrors,
): ProcessConfiguration {
  return {
    dataDir: env.DATA_DIR || '.data',
    rateLimit: errors.of(() =>
      readRateLimit('RATE_LIMIT', env.RATE_LIMIT || (production ? '600/min' : 'off')),
    ),
    rateLimitKeys: errors.of(() =>
      readRateLimit('RATE_LIMIT_KEYS', env.RATE_LIMIT_KEYS || (production ? '6000/min' : 'off')),
    ),
    logLevel: errors.of(() => readChoice('LOG_LEVEL', env.LOG_LEVEL || 'info', LOG_LEVELS)),
    logPretty:
      errors.of(() =>
        readChoice('LOG_PRETTY', env.LOG_PRETTY || (terminal ? 'true' : 'false'), TRUE_FALSE),
      ) === 'true',
    shutdownDelay: errors.of(() => readShutdownDelay(env.SHUTDOWN_DELAY || (production ? '5s' : '0s'))),
    calendarCacheBytes: errors.of(
      () => readMegabytes(env.CALENDAR_CACHE_MB || String(DEFAULT_CALENDAR_CACHE_MB)) * MEGABYTE,
    ),
  };
}

function readMegabytes(value: string): number {
  const megabytes = Number(value);
  if (!/^\d{1,6}$/.test(value) || megabytes > MAX_CALENDAR_CACHE_MB) {
    throw new ConfigurationError(
      `CALENDAR_CACHE_MB must be a whole number of megabytes from 0 to ${MAX_CALENDAR_CACHE_MB}, not "${value}".`,
    );
  }
  return megabytes;
}

function readRateLimit(name: 'RATE_LIMIT' | 'RATE_LIMIT_KEYS', value: string): RateLimit | null {
  if (value === 'off') return null;
  const [, requests, unit] = /^([1-9]\d{0,8})\/([a-z]+)$/.exec(value) ?? [];
  const seconds = unit === undefined ? undefined : SECONDS_PER_UNIT[unit];
  if (requests === undefined || seconds === undefined)
    throw new ConfigurationError(`${name} must be "off" or of the form 600/min (s, min, h), not "${value}".`);
  return { requests: Number(requests), seconds };
}

function readShutdownDelay(value: string): number {
  const seconds = parseDuration(value);
  if (seconds === null || seconds > MAX_SHUTDOWN_DELAY) {
    throw new ConfigurationError(
      `SHUTDOWN_DELAY must be a duration of at most ${durationText(MAX_SHUTDOWN_DELAY)}, such as 5s, not "${value}".`,
    );
  }
  return seconds * SECOND;
}
