import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { FileUser } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { printedSeed } from '../../support/core/seed.js';
import { fuzzedFile } from '../../support/icalendar/fuzzed-file.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const options = { seed: printedSeed('imports of bytes'), numRuns: 150 };
const WINDOW = 'from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z';

let application: TestApplication;
let client: Client;
beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
});
afterAll(async () => application.close());

test.each<[string, fc.Arbitrary<Uint8Array>]>([
  ['a changed file', fuzzedFile],
  ['noise', fc.uint8Array({ maxLength: 300 })],
])(
  'any bytes end in results or a 400 within a second, and can be exported: %s',
  async (_, bytes) => {
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.constantFrom('', '; charset=utf-8', '; charset=utf-16'),
        async (file, charset) => {
          const ann = await FileUser.of(client);
          const begun = performance.now();
          const { status, body } = await ann.send(file, '', { 'content-type': `text/calendar${charset}` });
          expect(performance.now() - begun).toBeLessThan(1_000);
          expect([200, 400]).toContain(status);
          const { results = [] } = body as { results?: { event_id: number | null; status: string }[] };
          const ids = results.flatMap(({ event_id: id }) => (id === null ? [] : [id]));
          expect(results.filter((one) => (one.event_id === null) !== (one.status === 'refused'))).toEqual([]);
          // What is stored can be read in every way.
          expect((await client.get(`/users/${ann.id}/events?${WINDOW}`)).status).toBe(200);
          expect((await ann.export()).match(/^UID:/gm)?.length ?? 0).toBeGreaterThanOrEqual(
            new Set(ids).size,
          );
          expect((await client.get(`/free-busy?user_ids=${ann.id}&${WINDOW}`)).status).toBe(200);
        },
      ),
      options,
    );
  },
  120_000,
);
