import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FEED_LIMIT } from '../../../src/rate-limit/rate-limits.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { Collector } from '../../support/servers/collector.js';
import { type Service, startService } from '../../support/service/service.js';

const KEY = 'cal_feedskey00_the-secret-of-a-key-of-the-feeds-0123';

const UNKNOWN = `feed_${'unknown0'.repeat(5)}xyz`;

/** Ways to write the address of a feed, each without its secret. */
const WAYS: readonly ((token: string) => string)[] = [
  (token) => `/feeds/${token}/calendar.ics`,
  (token) => `/feeds/${token}/calendar.ics?refresh=1`,
  (token) => `//feeds//${token}/calendar.ics`,
  (token) => `/feeds/${token}/calendar.ical`,
  (token) => `/feeds/${token}`,
  (token) => `/feeds/${token}.ics`,
  (token) => `/feeds/%66${token.slice(1)}/calendar.ics`,
  (token) => `/feeds/${token}/%zz`,
  (token) => `/calendar/feeds/${token}/calendar.ics`,
  (token) => `/calendars/${token}/feeds`,
  (token) => `/${token}`,
];

describe('the secret of a feed', () => {
  let database: TestDatabase;
  let collector: Collector;
  let service: Service;
  let anyone: Client;
  let tokens: readonly string[];

  beforeAll(async () => {
    database = await createTestDatabase();
    collector = new Collector();
    service = await startService({
      DATABASE_URL: database.url,
      LOG_LEVEL: 'debug',
      BOOTSTRAP_API_KEY: KEY,
      RATE_LIMIT: '5000/min',
      OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(),
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '20',
    });
    anyone = new Client(service.url);
    const backend = anyone.with(KEY);
    const { body: user } = await backend.create('/users', { name: 'ann', email: 'ann@example.com' });
    const { body: calendars } = await backend.get(`/users/${user.id}/calendars`);
    const { body: feed } = await backend.create(`/calendars/${calendars[0].id}/feeds`, { detail: 'full' });
    tokens = [feed.url.split('/').at(2) as string, UNKNOWN];
  });
  afterAll(async () => {
    await service.process.end('SIGKILL');
    await collector.stop();
    await database.drop();
  });

  test('is in no log, span, metric or problem, however a client writes the address', async () => {
    const problems: string[] = [];
    for (const token of tokens) {
      for (const way of WAYS) {
        for (const method of ['GET', 'POST', 'DELETE']) {
          const { status, body } = await anyone.send(method, way(token));
          if (status !== 200) problems.push(JSON.stringify(body));
        }
      }
    }
    expect(problems.length).toBeGreaterThan(WAYS.length);
    const { headers } = await anyone.get(`/feeds/${tokens[0]}/calendar.ics`);
    await service.process.printed(new RegExp(`${headers.get('x-request-id')}.*"msg":"request"`));
    await collector.span(
      ({ kind, attributes }) => kind === 2 && attributes['http.route'] === '/feeds/{token}/calendar.ics',
    );
    const spans = collector.exports.map(({ body }) => body.toString()).join('\n');
    const { body: metrics } = await anyone.get('/metrics');
    const log = service.process.output();
    expect(log).toContain('"route":"/feeds/{token}/calendar.ics"');
    expect(String(metrics)).toContain('route="/feeds/{token}/calendar.ics"');
    for (const token of tokens) {
      const secret = token.slice('feed_'.length);
      for (const text of [log, spans, String(metrics), ...problems]) expect(text).not.toContain(secret);
    }
  });

  test('is in no log, span or problem of a feed that is busy, or that the database cannot answer', async () => {
    const path = `/feeds/${tokens[0]}/calendar.ics`;
    const [secret] = tokens.map((token) => token.slice('feed_'.length));
    const refusals = [];
    for (let sent = 0; sent <= FEED_LIMIT.requests; sent += 1) refusals.push(await anyone.send('GET', path));
    await query(database.url, 'ALTER TABLE calendar_feeds RENAME TO hidden_feeds');
    refusals.push(await anyone.send('GET', `/feeds/${UNKNOWN}/calendar.ics`));
    await query(database.url, 'ALTER TABLE hidden_feeds RENAME TO calendar_feeds');
    expect(refusals.slice(-2).map(({ status }) => status)).toEqual([429, 500]);
    const id = refusals.at(-1)?.headers.get('x-request-id');
    await service.process.printed(new RegExp(`${id}.*"msg":"request"`));
    const spans = collector.exports.map(({ body }) => body.toString()).join('\n');
    const texts = [service.process.output(), spans, ...refusals.map(({ body }) => JSON.stringify(body))];
    for (const text of texts) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(UNKNOWN.slice('feed_'.length));
    }
  });
});
