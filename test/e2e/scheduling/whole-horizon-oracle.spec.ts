import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { SeriesDefinition } from '../../../src/calendar/recurrence/series/event-series.js';
import { DAY } from '../../../src/calendar/time/civil-time.js';
import { formatInstant } from '../../../src/calendar/time/instant.js';
import { Client } from '../../support/client/client.js';
import { busySeries } from '../../support/core/arbitrary-pairs.js';
import { createdSchedule, creationBody } from '../../support/core/created-schedule.js';
import { type NaiveOccurrence, naiveOccurrences } from '../../support/core/naive-recurrence.js';
import { printedSeed } from '../../support/core/seed.js';
import { storeSeries } from '../../support/oracle/stored-series.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const CASES = 60;
const GRID = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2056, 0, 1) };

/** Series of one person, of seconds: days float, and other tests compare them. */
const definitions = busySeries('plain')
  .map(({ definition }) => definition)
  .filter(({ allDay }) => !allDay);
const cases = fc.record({ stored: fc.tuple(definitions, definitions), booked: definitions });

let application: TestApplication;
let client: Client;

beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
});
afterAll(async () => application.close());

/** The first start of a common time of two series; infinity: they have none on the grid. */
function firstCommon(series: SeriesDefinition, others: readonly SeriesDefinition[]): number {
  const times = others.flatMap((other) => naiveOccurrences(other, GRID.start, GRID.end)).filter(takesTime);
  const sorted = times.toSorted((a, b) => a.start - b.start);
  let first = Infinity;
  for (const one of naiveOccurrences(series, GRID.start, GRID.end).filter(takesTime)) {
    for (const other of sorted) {
      if (other.start >= one.end) break;
      if (other.end > one.start) first = Math.min(first, Math.max(one.start, other.start));
    }
  }
  return first;
}

function takesTime({ start, end }: NaiveOccurrence): boolean {
  return end > start;
}

interface Booked {
  readonly conflicts: readonly { readonly start: string }[];
  readonly conflicts_checked_until?: string | null;
}

test('a booking is refused if and only if a brute-force expansion of thirty years finds a common time', async () => {
  const seed = printedSeed('whole horizon');
  const outcomes: string[] = [];
  for (const [index, { stored, booked }] of fc.sample(cases, { seed, numRuns: CASES }).entries()) {
    const user = { name: `user ${index}`, email: `user${index}@example.com`, time_zone: 'UTC' };
    const { id } = (await client.create('/users', user)).body;
    const others: SeriesDefinition[] = [];
    for (const definition of stored) {
      const accepted = await storeSeries(() => client, id, definition);
      if (accepted) others.push(accepted.series);
    }
    const plain = { ...booked, overrides: [] };
    const schedule = createdSchedule(plain);
    if (schedule === null) continue;
    const { status, body } = await client.send('POST', '/events', {
      title: 'Booked',
      organizer_user_id: id,
      show_as: 'busy',
      conflict_policy: 'reject',
      ...creationBody(plain),
    });
    // More than ten occurrences that overlap each other are refused for themselves.
    if (status === 400) continue;
    const expected = firstCommon({ ...schedule, overrides: [] }, others);
    const { conflicts, conflicts_checked_until: until } = body as unknown as Booked;
    const first = status === 409 ? conflicts[0].start : null;
    // A common time after the grid is for the oracle of the core.
    const isLater = first !== null && Date.parse(first) >= GRID.end - DAY;
    const found = isLater ? null : first;
    expect({ case: index, found, until }).toEqual({
      case: index,
      found: expected === Infinity ? null : formatInstant(expected),
      until: status === 201 ? null : undefined,
    });
    outcomes.push(`${status}`);
  }
  expect(new Set(outcomes)).toEqual(new Set(['201', '409']));
}, 120_000);
