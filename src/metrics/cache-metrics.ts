import { Injectable } from '@nestjs/common';
import type { CACHE_SHARES } from '../platform/memory/cache-shares.js';
import { Metrics } from './metrics.js';
import { Counter, Gauge } from './prom-client.js';

/** A part of the cache of calendars. */
export type CachePart = keyof typeof CACHE_SHARES;

/**
 * How a read used the cache: memory had all of it (`hit`), some of it was loaded first (`load`), or the database answered
 * instead (`bypass`).
 */
export type CacheUse = 'hit' | 'load' | 'bypass';

/** The metrics of what an instance keeps of calendars in memory. */
@Injectable()
export class CacheMetrics {
  private readonly reads: Counter<'part' | 'result'>;
  private readonly parts = new Map<CachePart, () => number>();

  constructor({ registry }: Metrics) {
    const { parts } = this;
    registry.registerMetric(
      new Gauge({
        name: 'calendar_cache_bytes',
        help: 'Bytes that the cache of calendars takes, by an estimate. CALENDAR_CACHE_MB bounds their sum.',
        labelNames: ['part'],
        registers: [],
        collect() {
          for (const [part, bytes] of parts) this.set({ part }, bytes());
        },
      }),
    );
    this.reads = new Counter({
      name: 'calendar_cache_reads_total',
      help: 'Reads of calendars: from memory (hit), after a load (load), or by the database (bypass).',
      labelNames: ['part', 'result'],
      registers: [registry],
    });
  }

  /** Shows the bytes of a part. */
  watch(part: CachePart, bytes: () => number): void {
    this.parts.set(part, bytes);
  }

  count(part: CachePart, result: CacheUse): void {
    this.reads.inc({ part, result });
  }
}
