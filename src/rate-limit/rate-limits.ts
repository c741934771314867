import { HOUR, SECOND } from '../calendar/time/civil-time.js';
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

/** Counts the requests to this instance. With `RATE_LIMIT=off`, all requests are allowed. */
export class RateLimits {
  private readonly requests: RequestCounter | null;
  private readonly signUps: RequestCounter | null;

  constructor(
    { rateLimit }: Pick<Configuration, 'rateLimit'>,
    private readonly clock: Clock,
  ) {
    this.requests = rateLimit && new RequestCounter(rateLimit);
    this.signUps = rateLimit && new RequestCounter(SIGN_UP_LIMIT);
  }

  get off(): boolean {
    return this.requests === null;
  }

  /**
   * Counts a request of a user or an address.
   * @returns null within the limit; beyond it, the seconds until the next request counts
   */
  request(caller: string): number | null {
    return this.requests && this.requests.count(caller, this.now());
  }

  /** Counts a sign-up from an address, in the same way. */
  signUp(address: string): number | null {
    return this.signUps && this.signUps.count(address, this.now());
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
