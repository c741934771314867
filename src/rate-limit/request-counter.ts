import { SECOND } from '../calendar/time/civil-time.js';
import { type RateLimit } from '../platform/configuration/sections/process-configuration.js';

/**
 * The most callers that a counter keeps, so that requests from ever new addresses cannot fill the memory: 100,000
 * entries take some 20 MB. Beyond it the counter forgets the oldest entry, whose caller starts at zero.
 * @public `docs/limits.md` lists it.
 */
export const MAX_COUNTED_CALLERS = 100_000;

interface Entry {
  requests: number;
  readonly resetsAt: number;
}

/**
 * Counts the requests of each caller in periods of a fixed length. A caller's period begins with the first request after
 * the previous one has ended.
 */
export class RequestCounter {
  /** In the order in which the periods end, which is the order of insertion. */
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly limit: RateLimit) {}

  /**
   * Counts a request of `caller`.
   * @returns null within the limit; beyond it, the whole seconds until the period ends
   */
  count(caller: string, now: number): number | null {
    const entry = this.entryOf(caller, now);
    entry.requests += 1;
    return entry.requests > this.limit.requests ? secondsUntil(entry.resetsAt, now) : null;
  }

  /** The same for a request that is not counted: null if one more request is within the limit. */
  wait(caller: string, now: number): number | null {
    const entry = this.entries.get(caller);
    if (entry === undefined || entry.resetsAt <= now || entry.requests < this.limit.requests) return null;
    return secondsUntil(entry.resetsAt, now);
  }

  get size(): number {
    return this.entries.size;
  }

  private entryOf(caller: string, now: number): Entry {
    const kept = this.entries.get(caller);
    if (kept && kept.resetsAt > now) return kept;
    this.entries.delete(caller);
    this.makeRoom(now);
    const entry = { requests: 0, resetsAt: now + this.limit.seconds * SECOND };
    this.entries.set(caller, entry);
    return entry;
  }

  /** Removes ended periods. Each entry is removed once, so the average cost of a request does not grow. */
  private makeRoom(now: number): void {
    for (const [caller, { resetsAt }] of this.entries) {
      if (resetsAt > now && this.entries.size < MAX_COUNTED_CALLERS) return;
      this.entries.delete(caller);
    }
  }
}

function secondsUntil(end: number, now: number): number {
  return Math.ceil((end - now) / SECOND);
}
