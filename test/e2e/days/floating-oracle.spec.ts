import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Client } from '../../support/client/client.js';
import { naiveCivil } from '../../support/core/naive-zone.js';
import { printedSeed } from '../../support/core/seed.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Zones from UTC-12 to UTC+14, with clocks that change at midnight, by half an hour, and over a whole day. */
const ZONES = [
  'Etc/GMT+12',
  'America/New_York',
  'America/Sao_Paulo',
  'UTC',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
];

/** Days about changes of the clocks. Apia skipped 2011-12-30. */
const FIRST_DAYS = [
  '2011-12-27',
  '2018-02-15',
  '2018-11-02',
  '2026-03-06',
  '2026-03-27',
  '2026-10-23',
  '2026-04-22',
];
const days = fc.record({
  first: fc.constantFrom(...FIRST_DAYS),
  after: fc.integer({ min: 0, max: 5 }),
  length: fc.integer({ min: 1, max: 3 }),
  count: fc.integer({ min: 1, max: 3 }),
});

const SKIPPED = Date.parse('2011-12-30') / DAY;

/** No clock of Apia shows the skipped date, so an occurrence on it starts on the date after. */
function shownFrom(day: number, zone: string): number {
  return zone === 'Pacific/Apia' && day === SKIPPED ? day + 1 : day;
}

/** The instants of a quarter of an hour at which the clocks of a zone show one of the dates, found by reading the clocks. */
function quartersOn(dates: ReadonlySet<number>, zone: string, from: number, to: number): number[] {
  const found: number[] = [];
  for (let at = from; at < to; at += HOUR / 4)
    if (dates.has(Math.floor(naiveCivil(zone, at) / DAY))) found.push(at);
  return found;
}

describe('floating days', () => {
  let application: TestApplication;
  let client: Client;
  const users = new Map<string, number>();

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    for (const [index, time_zone] of ZONES.entries()) {
      const { body } = await client.create('/users', {
        name: time_zone,
        email: `${index}@example.com`,
        time_zone,
      });
      users.set(time_zone, body.id);
    }
  });
  afterAll(async () => application.close());

  test('are those that the clocks of each attendee show', async () => {
    await fc.assert(
      fc.asyncProperty(days, async ({ first, after, length, count }) => {
        const start = Date.parse(first) + after * DAY;
        const [organizer, ...invited] = users.values();
        const { body: event } = await client.create('/events', {
          title: 'Days',
          organizer_user_id: organizer,
          invited_user_ids: invited,
          start_date: new Date(start).toISOString().slice(0, 10),
          duration: length,
          all_day: true,
          show_as: 'busy',
          repeat: count === 1 ? null : { frequency: 'daily', interval: 4, count },
        });
        const starts = Array.from({ length: count }, (_, occurrence) => start / DAY + 4 * occurrence);
        try {
          const [from, to] = [start - 3 * DAY, start + 16 * DAY];
          const window = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
          const ids = [...users.values()].map((id) => `user_ids=${id}`).join('&');
          const { body } = await client.get(`/free-busy?${ids}&${window}`);
          for (const [index, zone] of ZONES.entries()) {
            const expected = new Set(
              starts.flatMap((day) => Array.from({ length }, (_, place) => shownFrom(day, zone) + place)),
            );
            const busy = body[index].busy.map((interval) => [
              Date.parse(interval.start),
              Date.parse(interval.end),
            ]);
            const found: number[] = [];
            for (let at = from; at < to; at += HOUR / 4)
              if (busy.some(([low, high]) => low <= at && at < high)) found.push(at);
            expect({ zone, found }).toEqual({ zone, found: quartersOn(expected, zone, from, to) });
            // A list has the event exactly in the windows in which the user is busy.
            const at = busy.at(-1)?.[1] as number;
            for (const [instant, isListed] of [
              [at - HOUR / 4, true],
              [at, false],
            ] as const) {
              const moment = new Date(instant).toISOString();
              const list = await client.get(
                `/users/${users.get(zone) as number}/events?from=${moment}&to=${moment}`,
              );
              expect({ zone, listed: list.body.length }).toEqual({ zone, listed: isListed ? 1 : 0 });
            }
          }
        } finally {
          await client.delete(`/events/${event.id}`);
        }
      }),
      {
        numRuns: 25,
        seed: printedSeed('floating days = clocks'),
        examples: [
          [{ first: '2011-12-27', after: 3, length: 1, count: 1 }],
          [{ first: '2011-12-27', after: 2, length: 3, count: 1 }],
          [{ first: '2018-11-02', after: 2, length: 1, count: 2 }],
        ],
      },
    );
  }, 240_000);
});
