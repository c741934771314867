import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import { MAX_SMALL_FILE_BYTES } from '../../../src/calendar-subscriptions/fetch/calendar-fetch.js';
import {
  MAX_FETCHES_AT_ONCE,
  MAX_FETCHES_OF_TENANT,
} from '../../../src/calendar-subscriptions/fetch/fetch-loop.js';
import type { Client } from '../../support/client/client.js';
import { eventually } from '../../support/database/data-directory.js';
import { calendarOf, eventOf, RemoteCalendar } from '../../support/servers/remote-calendar.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addGuest, addTenant } from '../../support/tenants/tenant.js';

const SMALL = calendarOf(...eventOf('party@elsewhere', 'Party', '20260310T180000Z'));
const FILLED = Array.from({ length: MAX_SMALL_FILE_BYTES / 64 }, () => `X-FILL:${'x'.repeat(64)}`);
const LARGE = calendarOf(...eventOf('fair@elsewhere', 'Fair', '20260311T180000Z', ...FILLED));

async function succeeded(backend: Client, id: number): Promise<boolean> {
  return (await backend.get(`/calendar-subscriptions/${id}`)).body.last_success_at !== null;
}

describe('the fetches of an instance', () => {
  let application: TestApplication;
  let remote: RemoteCalendar;
  let origin: string;
  /** The responses to `/slow.ics` that the server owes. */
  const owed: ServerResponse[] = [];

  beforeAll(async () => {
    application = await startTestApplication({ WEBHOOK_ALLOW_PRIVATE: 'true' });
    remote = new RemoteCalendar();
    origin = await remote.start();
    remote.responds((response, { url = '' }) => {
      if (url.startsWith('/slow')) owed.push(response);
      else response.writeHead(200).end(url.startsWith('/large') ? LARGE : SMALL);
    });
  });
  afterAll(async () => {
    await remote.stop();
    await application.close();
  });

  async function subscribe(backend: Client, userId: number, file: string): Promise<number> {
    const body = { url: `${origin}/${file}.ics` };
    return (await backend.create(`/users/${userId}/calendar-subscriptions`, body)).body.id;
  }

  test('are of other tenants too while the calendars of one tenant do not respond', async () => {
    const [slow, other] = [await addTenant(application, 'slow'), await addTenant(application, 'other')];
    const { id: userId } = await addGuest(slow.backend);
    for (let index = 0; index < 2 * MAX_FETCHES_AT_ONCE; index += 1)
      await subscribe(slow.backend, userId, `slow-${index}`);
    await eventually(async () => owed.length === MAX_FETCHES_OF_TENANT);
    const id = await subscribe(other.backend, (await addGuest(other.backend)).id, 'small');
    await eventually(async () => succeeded(other.backend, id));
    expect(owed).toHaveLength(MAX_FETCHES_OF_TENANT);
    remote.responds((response, { url = '' }) =>
      response.writeHead(200).end(url.startsWith('/large') ? LARGE : SMALL),
    );
    for (const response of owed.splice(0)) response.writeHead(404).end();
  });

  test('replace small calendars while the replacement of a large one waits', async () => {
    const { backend } = await addTenant(application, 'large');
    const [{ id: ann }, { id: bob }] = [await addGuest(backend), await addGuest(backend)];
    const other = new Connection({ connectionString: application.database.url });
    await other.connect();
    await other.query(`BEGIN; SELECT pg_advisory_xact_lock(1764250, ${ann})`);
    const large = await subscribe(backend, ann, 'large');
    await eventually(async () => {
      const { rows } = await other.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
      return rows.length > 0;
    });
    const small = await subscribe(backend, bob, 'small');
    await eventually(async () => succeeded(backend, small));
    expect(await succeeded(backend, large)).toBe(false);
    await other.query('COMMIT');
    await other.end();
    // On a slow machine, the replacement may have waited for longer than a statement may.
    await eventually(async () => {
      if (await succeeded(backend, large)) return true;
      await backend.send('POST', `/calendar-subscriptions/${large}:refresh`);
      return succeeded(backend, large);
    });
  });
});
