import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { Collector } from '../../support/servers/collector.js';
import { calendarOf, eventOf, RemoteCalendar } from '../../support/servers/remote-calendar.js';
import { type Service, startService } from '../../support/service/service.js';

const KEY = 'cal_subscribed0_the-secret-of-a-key-of-subscriptions-01';
const SECRET = 'hushhush';

/** Ways in which a fetch ends, and the code of its failure. Redirects have a secret of their own. */
const ENDS: readonly (readonly [string | null, (remote: RemoteCalendar) => void])[] = [
  [null, (remote) => remote.has(calendarOf(...eventOf('a', 'Party', '20260310T180000Z')))],
  ['http_status', (remote) => remote.responds((response) => response.writeHead(404).end())],
  ['http_status', (remote) => remote.responds((response) => response.writeHead(500).end())],
  ['not_icalendar', (remote) => remote.has(`<html>${SECRET}</html>`)],
  ['connection_failed', (remote) => remote.responds((response) => response.destroy())],
  ['too_many_redirects', (remote) => remote.responds(redirectTo(`/${SECRET}/again?key=${SECRET}`))],
  ['bad_redirect', (remote) => remote.responds(redirectTo(`ftp://${SECRET}.example.com/${SECRET}`))],
  ['name_not_found', (remote) => remote.responds(redirectTo(`http://name.invalid/${SECRET}?${SECRET}`))],
];

function redirectTo(location: string): (response: ServerResponse) => void {
  return (response) => response.writeHead(302, { location }).end();
}

describe('the secret in the address of a subscribed calendar', () => {
  let database: TestDatabase;
  let collector: Collector;
  let remote: RemoteCalendar;
  let service: Service;
  let backend: Client;
  let origin: string;
  let userId: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    collector = new Collector();
    remote = new RemoteCalendar();
    origin = await remote.start();
    service = await startService({
      DATABASE_URL: database.url,
      LOG_LEVEL: 'debug',
      BOOTSTRAP_API_KEY: KEY,
      WEBHOOK_ALLOW_PRIVATE: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(),
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '20',
    });
    backend = new Client(service.url).with(KEY);
    userId = (await backend.create('/users', { name: 'ann', email: 'ann@example.com' })).body.id;
  });
  afterAll(async () => {
    await service.process.end('SIGKILL');
    await remote.stop();
    await collector.stop();
    await database.drop();
  });

  /** What the service has told but to callers who may see the address. */
  async function told(): Promise<string> {
    // Spans and lines of the log may come after the response.
    await sleep(300);
    const spans = collector.exports.map(({ body }) => body.toString());
    const { body: metrics } = await backend.get('/metrics');
    return [service.process.output(), service.process.complaint(), ...spans, String(metrics)].join('\n');
  }

  async function subscribe(): Promise<{ id: number; status: number }> {
    const url = `${origin}/${SECRET}/calendar.ics?key=${SECRET}`;
    const { status, body } = await backend.send('POST', `/users/${userId}/calendar-subscriptions`, { url });
    return { status, id: (body as { id: number }).id };
  }

  /** The code of the failure of the first fetch; null: it succeeds. */
  async function endOf(id: number): Promise<string | null> {
    for (let waited = 0; waited < 15_000; waited += 20) {
      const { body } = await backend.get(`/calendar-subscriptions/${id}`);
      if (body.last_success_at !== null || body.last_error_code !== null) return body.last_error_code;
      await sleep(20);
    }
    throw new Error('The fetch does not end.');
  }

  test('is in no log, span or metric, however its fetch ends', async () => {
    const codes: (string | null)[] = [];
    for (const [, respond] of ENDS) {
      respond(remote);
      const { id } = await subscribe();
      codes.push(await endOf(id));
      await backend.delete(`/calendar-subscriptions/${id}`);
    }
    expect(codes).toEqual(ENDS.map(([code]) => code));
    await collector.span(({ kind }) => kind === 2);
    expect(await told()).not.toContain(SECRET);
  });

  test('is in no log or span if the database fails', async () => {
    remote.has(calendarOf());
    const column = 'ALTER TABLE calendar_subscriptions RENAME COLUMN';
    await query(database.url, `${column} last_error_code TO hidden_code`);
    expect((await subscribe()).status).toBe(500);
    await query(database.url, `${column} hidden_code TO last_error_code`);
    const text = await told();
    expect(text).toContain('last_error_code');
    expect(text).not.toContain(SECRET);
  });
});
