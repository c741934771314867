import { DAY } from '../../src/calendar/time/civil-time.js';
import { formatInstant } from '../../src/calendar/time/instant.js';
import { startInstance } from '../load/instance.js';
import type { Call } from '../load/send.js';
import { numberOf } from '../pairs/pair-report.js';
import { Peer } from '../pairs/peer.js';
import { medianOf } from '../pairs/rounds.js';
import { COLLECTING, liveMemory, memoryDuring } from './memory.js';
import type { ScaleSizes } from './scale-sizes.js';

/** Bytes of busy time in memory for a user and the asked weeks, at the least. */
const LEAST_BYTES_OF_USER = 2_000;

const USERS_OF_REQUEST = 50;
const MOST_USERS = 60_000;
const DEFAULT_CACHE_MB = 64;
const WARM_UP_REQUESTS = 60;

/** Megabytes that an instance keeps beside its cache: some 20 of compiled series, and pages of the heap that are not full. */
const BESIDES_MB = 64;

/**
 * Reads the free/busy of more users than an instance keeps in memory, and samples its memory. The exit status is 1 if what it
 * keeps is above its bound.
 */
export async function memoryReport(url: string, { users, copies, anchor }: ScaleSizes): Promise<string> {
  const count = Math.min(users * copies, MOST_USERS);
  // All users together need more than the cache has.
  const cache = Math.min(DEFAULT_CACHE_MB, Math.max(1, Math.floor((count * LEAST_BYTES_OF_USER) / 2 ** 21)));
  const instance = await startInstance(
    url,
    { LOG_LEVEL: 'warn', CALENDAR_CACHE_MB: String(cache) },
    COLLECTING,
  );
  const peer = new Peer('large', instance);
  const window = `from=${formatInstant(anchor)}&to=${formatInstant(anchor + 7 * DAY)}`;
  const call = (first: number): Call => {
    const ids = Array.from({ length: USERS_OF_REQUEST }, (_, index) => `user_ids=${first + index}`).join('&');
    return ['GET', `/free-busy?${ids}&${window}`];
  };
  try {
    for (let sent = 0; sent < WARM_UP_REQUESTS; sent += 1) await peer.send(call(1));
    const idle = await liveMemory(peer.pid);
    const samples = await memoryDuring(peer.pid, async () => {
      for (let first = 1; first + USERS_OF_REQUEST <= count; first += USERS_OF_REQUEST)
        await peer.send(call(first));
    });
    const live = await liveMemory(peer.pid);
    const bound = idle + cache + BESIDES_MB;
    if (live > bound) process.exitCode = 1;
    return [
      `Memory of an instance with \`CALENDAR_CACHE_MB=${cache}\` that reads the free/busy of ${numberOf(count)} users, in megabytes of its resident set. V8 lets garbage grow until a collection, so the process also needs room for that: \`--max-old-space-size\` bounds it.`,
      [
        '| idle, warm | after the reads, without garbage | bound: idle, cache and 64 | with garbage, median | with garbage, most |',
        '|---:|---:|---:|---:|---:|',
        `| ${[idle, live, bound, medianOf(samples), Math.max(...samples)].map((value) => value.toFixed(0)).join(' | ')} |`,
      ].join('\n'),
      ...(live > bound ? ['**The memory is above its bound.**'] : []),
    ].join('\n\n');
  } finally {
    await peer.stop();
  }
}
