import { hash } from 'node:crypto';
import { HOUR, MINUTE, SECOND } from '../calendar/time/civil-time.js';
import { Clock } from '../platform/clock/clock.js';
import { Configuration } from '../platform/configuration/configuration.js';
import { type RateLimit } from '../platform/configuration/sections/process-configuration.js';
import { RequestCounter } from './request-counter.js';

/**
 * The sign-ups of an address, beside `RATE_LIMIT`: enough for a class or a team that signs up behind one address. Each
 * may cost 100 ms of a processor to hash a password, and tells whether an address is taken.
 * @public `docs/limits.md` lists it.
 */
export const SIGN_UP_LIMIT: RateLimit = { requests: 100, seconds: HOUR / SECOND };

/**
 * The requests of one feed. A service that reads the feeds of many users has few addresses, so these requests count for the
 * feed and not for the address. Enough for the programs of a team that share one feed.
 * @public `docs/limits.md` lists it.
 */
export const FEED_LIMIT: RateLimit = { requests: 60, seconds: MINUTE / SECOND };

/**
 * Counts the requests to this instance. With `RATE_LIMIT=off`, all requests of users and addresses are allowed, and with
 * `RATE_LIMIT_KEYS=off` all requests of API keys.
 */
export class RateLimits {
  private readonly requests: RequestCounter | null;
  private readonly keys: RequestCounter | null;
  private readonly signUps: RequestCounter | null;
  private readonly feeds: RequestCounter | null;
  private readonly unknownFeeds: RequestCounter | null;

  constructor(
    { rateLimit, rateLimitKeys }: Pick<Configuration, 'rateLimit' | 'rateLimitKeys'>,
    private readonly clock: Clock,
  ) {
    this.requests = rateLimit && new RequestCounter(rateLimit);
    this.keys = rateLimitKeys && new RequestCounter(rateLimitKeys);
    this.signUps = rateLimit && new RequestCounter(SIGN_UP_LIMIT);
    this.feeds = rateLimit && new RequestCounter(FEED_LIMIT);
    this.unknownFeeds = rateLimit && new RequestCounter(rateLimit);
  }

  get off(): boolean {
    return this.requests === null && this.keys === null;
  }

  /**
   * Counts a request of a user or an address.
   * @returns null within the limit; beyond it, the seconds until the next request counts
   */
  request(caller: string): number | null {
    return this.requests && this.requests.count(caller, this.now());
  }

  /** Counts a request of an API key, in the same way. */
  key(id: number): number | null {
    return this.keys && this.keys.count(String(id), this.now());
  }

  /** The seconds until the next request of an API key counts; null: it counts now. Counts no request. */
  waitOfKey(id: number): number | null {
    return this.keys && this.keys.wait(String(id), this.now());
  }

  /** Counts a sign-up from an address, in the same way. */
  signUp(address: string): number | null {
    return this.signUps && this.signUps.count(address, this.now());
  }

  /** Counts a request of a feed, in the same way. @param token that of its address */
  feed(token: string): number | null {
    return this.feeds && this.feeds.count(hash('sha256', token), this.now());
  }

  /** Counts a request from an address for a feed that does not exist, in the same way. */
  unknownFeed(address: string): number | null {
    return this.unknownFeeds && this.unknownFeeds.count(address, this.now());
  }

  /** The seconds until the next request for a feed that does not exist counts; null: it counts now. Counts no request. */
  waitOfUnknownFeed(address: string): number | null {
    return this.unknownFeeds && this.unknownFeeds.wait(address, this.now());
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
