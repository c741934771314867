import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Interval } from '../../src/calendar/intervals/interval.js';
import { DAY } from '../../src/calendar/time/civil-time.js';
import { formatInstant } from '../../src/calendar/time/instant.js';
import { Client } from '../support/client/client.js';
import { createUsers } from '../support/client/users.js';
import { seriesDefinition, windowAbout } from '../support/core/arbitrary-series.js';
import { schedulingCases } from '../support/core/scheduling-arbitraries.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';
import { type StoredCase, storeCase } from '../support/oracle/stored-case.js';
import {
  expectedBusy,
  expectedTimes,
  inOrder,
  type ListedTimes,
  type StoredSeries,
  storeSeries,
} from '../support/oracle/stored-series.js';
import { ReplicatedInstances } from '../support/service/replicated-instances.js';

/** Series and searches. A nightly run may make more. */
const SERIES = PROPERTY_RUNS / 25;
const SEARCHES = PROPERTY_RUNS / 100;

const SERIES_OF_A_USER = 5;

/** The naive oracle looks at each day. */
const MAX_WINDOW_LENGTH = 20 * DAY;

const TIMEOUT_MS = 600_000;

const seriesAndWindows = seriesDefinition.chain((series) =>
  fc.tuple(fc.constant(series), windowAbout(series), windowAbout(series)),
);

describe('two instances behind PgBouncer with a replica', () => {
  let deployment: ReplicatedInstances;
  let clients: Client[];
  let turn = 0;

  beforeAll(async () => {
    deployment = await ReplicatedInstances.start();
    clients = deployment.instances.urls.map((url) => new Client(url));
  });
  afterAll(async () => deployment.stop());

  function nextClient(): Client {
    turn += 1;
    return clients[turn % clients.length];
  }

  test(
    'list the occurrences, and have the busy time, of a naive oracle',
    async () => {
      const seed = printedSeed('series of two instances');
      const samples = fc.sample(seriesAndWindows, { seed, numRuns: SERIES });
      let listed = 0;
      while (samples.length > 0) {
        const [userId] = await createUsers(nextClient(), 1);
        const stored: StoredSeries[] = [];
        const windows: Interval[] = [];
        for (const [series, ...about] of samples.splice(0, SERIES_OF_A_USER)) {
          const one = await storeSeries(nextClient, userId, series);
          if (one) stored.push(one);
          windows.push(...about.map(shortened));
          // Both instances have the change at once.
          for (const window of windows) await expectBusy(userId, stored, window);
        }
        await deployment.replayed();
        for (const window of windows) listed += await expectListed(userId, stored, window);
      }
      expect(listed).toBeGreaterThan(SERIES);
    },
    TIMEOUT_MS,
  );

  async function expectBusy(
    userId: number,
    stored: readonly StoredSeries[],
    window: Interval,
  ): Promise<void> {
    const busy = expectedBusy(stored, window).map(({ start, end }) => ({
      start: formatInstant(start),
      end: formatInstant(end),
    }));
    for (const client of clients) {
      const path = `/free-busy?user_ids=${userId}&${parametersOf(window)}` as const;
      const { status, body } = await client.get(path);
      expect({ path, status, busy: body[0]?.busy }).toEqual({ path, status: 200, busy });
    }
  }

  /** @returns the number of occurrences in the window */
  async function expectListed(
    userId: number,
    stored: readonly StoredSeries[],
    window: Interval,
  ): Promise<number> {
    const times = expectedTimes(stored, window);
    for (const client of clients) {
      for (const form of ['', '&expand=true']) {
        const path = `/users/${userId}/events?${parametersOf(window)}${form}` as const;
        expect({ path, times: await listedTimes(client, path) }).toEqual({ path, times });
      }
    }
    return times.length;
  }

  test(
    'find the intervals of brute force',
    async () => {
      const seed = printedSeed('searches of two instances');
      const stored: StoredCase[] = [];
      for (const asked of fc.sample(schedulingCases, { seed, numRuns: SEARCHES }))
        stored.push(await storeCase(nextClient, asked));
      for (const { path, expected } of stored) {
        for (const client of clients) {
          const { status, body } = await client.get(path);
          expect({ path, status, body }).toEqual({ path, status: 200, body: expected });
        }
      }
      expect(stored.some(({ expected }) => expected.suggestions.length > 0)).toBe(true);
    },
    TIMEOUT_MS,
  );
});

async function listedTimes(
  client: Client,
  path: `/users/${number}/events?${string}`,
): Promise<ListedTimes[]> {
  const times: ListedTimes[] = [];
  for await (const { body } of client.pages(`${path}&limit=200`)) {
    for (const { id: eventId, occurrences, occurrences_truncated: truncated } of body) {
      expect(truncated).toBe(false);
      for (const { original_start: originalStart, start, end } of occurrences)
        times.push({ eventId, originalStart, start, end });
    }
  }
  return inOrder(times);
}

function parametersOf({ start, end }: Interval): string {
  return `from=${formatInstant(start)}&to=${formatInstant(end)}`;
}

function shortened({ start, end }: Interval): Interval {
  return { start, end: Math.min(end, start + MAX_WINDOW_LENGTH) };
}
