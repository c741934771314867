import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { FileUser, linesOf } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { printedSeed } from '../../support/core/seed.js';
import { seriesWithChange } from '../../support/icalendar/arbitrary-content.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const seed = printedSeed('changes of imported events');

const WINDOW = 'from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z';

let application: TestApplication;
let client: Client;

beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
});
afterAll(async () => application.close());

/** A change of a series, or of the occurrence at a place among the first ones. */
const edit = fc.record({
  place: fc.option(fc.nat(4)),
  remove: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  attendee: fc.option(fc.constantFrom('user', 'guest'), { freq: 3 }),
  fields: fc.record(
    {
      title: fc.constantFrom('Other', 'x'),
      description: fc.constantFrom(null, 'Long'),
      location: fc.constantFrom(null, 'Room 5'),
      show_as: fc.constantFrom('free', 'busy', 'tentative'),
      hours: fc.integer({ min: -3, max: 3 }),
    },
    { requiredKeys: [] },
  ),
});

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

interface Shown {
  readonly original_start: string;
  readonly start: string;
}

async function occurrencesOf(id: number): Promise<Shown[]> {
  const { body } = await client.get(`/events/${id}/occurrences?${WINDOW}&show_cancelled=true`);
  if (!Array.isArray(body)) throw new Error(JSON.stringify(body));
  return body;
}

function later(text: string, hours: number): string {
  if (text.length === 10) return new Date(Date.parse(text) + hours * 86_400_000).toISOString().slice(0, 10);
  return new Date(Date.parse(text) + hours * 3_600_000).toISOString();
}

async function apply(id: number, guest: string, user: number, { place, remove, attendee, fields }: Edit) {
  const found = place === null ? undefined : (await occurrencesOf(id))[place];
  if (place !== null && found === undefined) return;
  const path = found === undefined ? `/events/${id}` : `/events/${id}/occurrences/${found.original_start}`;
  if (remove) {
    if (found !== undefined) await client.send('DELETE', path);
    return;
  }
  if (attendee !== null) {
    await client.send('POST', `/events/${id}/attendees`, {
      ...(attendee === 'user' ? { user_id: user } : { email: guest }),
      ...(found !== undefined && { original_start: found.original_start }),
    });
  }
  const { hours, ...texts } = fields;
  const { body } = await client.get(`/events/${id}`);
  const start = found === undefined ? (body as unknown as { start_date: string }).start_date : found.start;
  await client.send('PATCH', path, {
    ...texts,
    ...(hours !== undefined && { start_date: later(start, hours) }),
  });
}

/** The occurrences as a client sees them. */
async function seenIn(id: number) {
  return (await occurrencesOf(id)).map((one) =>
    Object.fromEntries(
      [
        'original_start',
        'start',
        'end',
        'all_day',
        'title',
        'description',
        'location',
        'show_as',
        'status',
      ].map((name) => [name, (one as unknown as Record<string, unknown>)[name]]),
    ),
  );
}

test('an imported event that was changed is the same event elsewhere', async () => {
  await fc.assert(
    fc.asyncProperty(seriesWithChange, fc.array(edit, { maxLength: 4 }), async (file, edits) => {
      const [ann, bob, carl] = [
        await FileUser.of(client, { time_zone: 'Europe/Berlin' }),
        await FileUser.of(client, { time_zone: 'Europe/Berlin' }),
        await FileUser.of(client),
      ];
      const [{ event_id: id, status }] = await ann.import(file);
      fc.pre(status === 'created' && id !== null);
      for (const one of edits) await apply(id ?? 0, 'p1@example.com', carl.id, one);
      const exported = await ann.export();
      fc.pre(exported.includes('BEGIN:VEVENT'));
      const again = await ann.import(exported);
      expect(again.map((result) => result.status)).toEqual(['unchanged']);
      const [copy] = await bob.import(exported);
      expect(copy).toMatchObject({ status: 'created', problem: null });
      expect(await seenIn(copy.event_id ?? 0)).toEqual(await seenIn(id ?? 0));
      expect(eventLinesOf(await bob.export())).toEqual(eventLinesOf(exported));
    }),
    { seed, numRuns: 25 },
  );
}, 120_000);

/** The lines of the VEVENTs of a file, in an order that depends on nothing else. */
function eventLinesOf(text: string): string[] {
  const lines = linesOf(text);
  return lines.slice(lines.indexOf('BEGIN:VEVENT')).toSorted();
}
