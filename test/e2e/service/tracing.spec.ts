import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewReminder, NewUser } from '../../../clients/typescript/src/schema.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { Collector, type ReceivedSpan } from '../../support/servers/collector.js';
import { OidcProvider } from '../../support/servers/oidc-provider.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { WebhookReceiver } from '../../support/servers/webhook-receiver.js';
import { type LogLine, logLines } from '../../support/service/log-lines.js';
import { type Service, startService } from '../../support/service/service.js';

/** Empty variables count as absent: Docker Compose passes them so. */
const ABSENT = { OTEL_TRACES_SAMPLER: '', OTEL_RESOURCE_ATTRIBUTES: '', OTEL_EXPORTER_OTLP_HEADERS: '' };

/** Spans reach the collector soon. */
const SOON = { OTEL_BSP_SCHEDULE_DELAY: '20' };

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.drop());

/** The service as a process of its own, and the collector that gets its spans. */
interface TracedService extends Service {
  readonly collector: Collector;
  readonly client: Client;
  readonly stop: () => Promise<void>;
}

async function start(environment: NodeJS.ProcessEnv = {}): Promise<TracedService> {
  const collector = new Collector();
  const service = await startService({
    ...ABSENT,
    ...SOON,
    DATABASE_URL: database.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(),
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    ...environment,
  });
  const stop = async (): Promise<void> => {
    await service.process.end('SIGKILL');
    await collector.stop();
  };
  return { ...service, collector, client: new Client(service.url), stop };
}

/** A trace of a caller: its id, the id of the caller's span, and the header that names both. */
function newTrace(flags = '01'): { traceId: string; spanId: string; headers: Record<string, string> } {
  const traceId = randomBytes(16).toString('hex');
  const spanId = randomBytes(8).toString('hex');
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-${flags}` } };
}

/** The line of the request with this id, once it is written. */
async function lineOf({ headers }: ServiceResponse, { process }: Service): Promise<LogLine> {
  const requestId = headers.get('x-request-id') ?? '';
  await process.printed(new RegExp(`${requestId}.*"msg":"request"`));
  const isLine = (line: LogLine): boolean => line.request_id === requestId && line.msg === 'request';
  return logLines(process.output()).find(isLine) as LogLine;
}

const isServer = ({ kind }: ReceivedSpan): boolean => kind === 2;
const isStatement = ({ attributes }: ReceivedSpan): boolean => 'db.query.text' in attributes;
const of = (traceId: string) => (span: ReceivedSpan) => span.traceId === traceId;

/** The span of the request of a trace. It arrives after the spans of its statements and calls, which end before it. */
async function serverSpan(traceId: string, { collector }: TracedService): Promise<ReceivedSpan> {
  return collector.span((span) => span.traceId === traceId && isServer(span));
}

async function newUser(client: Client, more: Partial<NewUser> = {}): Promise<number> {
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  const { status, body } = await client.post('/users', { name: 'ann', email, ...more });
  expect(status).toBe(201);
  return body.id;
}

describe('the spans of a request', () => {
  let service: TracedService;
  let tokenOfProvider: string;

  beforeAll(async () => {
    const provider = await OidcProvider.start();
    const { issuer } = provider;
    tokenOfProvider = await provider.sign({ iss: issuer, aud: 'calendar', sub: 'ann', iat: 1, exp: 9e9 });
    await provider.stop();
    service = await start({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'calendar' });
  });
  afterAll(async () => service.stop());

  test('continue the trace of its traceparent, statement by statement, to its log line', async () => {
    const { traceId, spanId, headers } = newTrace();
    const event = {
      title: 'Planning',
      organizer_user_id: await newUser(service.client),
      start_date: '2026-03-02T09:00:00Z',
      duration: 3600,
    };
    // A key makes the request a transaction of several statements.
    const keyed = { ...headers, 'idempotency-key': traceId };
    const response = await service.client.send('POST', '/events', event, keyed);
    expect(response.status).toBe(201);

    const server = await serverSpan(traceId, service);
    expect(server).toMatchObject({ name: 'POST /events', parentSpanId: spanId, status: 0 });
    expect(server.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/events',
      'url.scheme': 'http',
      'url.path': '/events',
      'network.protocol.version': '1.1',
      'http.response.status_code': 201,
    });
    expect(server.resource).toMatchObject({ 'service.name': 'calendar-backend' });
    const statements = service.collector.spans.filter(({ parentSpanId }) => parentSpanId === server.spanId);
    expect(statements.map(({ kind, status }) => [kind, status])).toEqual(statements.map(() => [3, 0]));
    expect(statements.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['START TRANSACTION', 'INSERT events', 'COMMIT']),
    );
    const { hostname, port, pathname } = new URL(database.url);
    const insert = statements.find(({ name }) => name === 'INSERT events') as ReceivedSpan;
    expect(insert.traceId).toBe(traceId);
    expect(insert.attributes).toEqual({
      'db.system.name': 'postgresql',
      'db.namespace': `${pathname.slice(1)}|public`,
      'db.operation.name': 'INSERT',
      'db.query.summary': 'INSERT events',
      'db.query.text': expect.stringMatching(/^\s*INSERT INTO .*\$1/s),
      'server.address': hostname,
      'server.port': Number(port),
    });
    expect(await lineOf(response, service)).toMatchObject({ trace_id: traceId, span_id: server.spanId });
  });

  test.each<[string, Record<string, string>]>([
    ['names none', {}],
    ['names it wrongly', { traceparent: 'ours' }],
    ['names one of zeros', { traceparent: `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01` }],
  ])('begin a trace if the request %s', async (_, headers) => {
    const response = await service.client.send('GET', '/users/4711', undefined, headers);
    const line = await lineOf(response, service);
    expect(line.trace_id).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
    const server = await serverSpan(String(line.trace_id), service);
    expect(server.parentSpanId).toBeUndefined();
    expect(server.attributes).toMatchObject({
      'http.route': '/users/{user_id}',
      'url.path': '/users/4711',
      'http.response.status_code': 404,
    });
    expect(server.status).toBe(0);
  });

  test('are not recorded if the caller does not record them, and the log line has the trace id', async () => {
    const unrecorded = newTrace('00');
    const response = await service.client.send('GET', '/users/4711', undefined, unrecorded.headers);
    expect(await lineOf(response, service)).toMatchObject({ trace_id: unrecorded.traceId });
    const recorded = newTrace();
    await service.client.send('GET', '/users/4711', undefined, recorded.headers);
    await serverSpan(recorded.traceId, service);
    expect(service.collector.spans.filter(of(unrecorded.traceId))).toEqual([]);
  });

  test('mark a call that fails, and a response that is the fault of the service', async () => {
    const { traceId, headers } = newTrace();
    const client = service.client.with(tokenOfProvider);
    expect((await client.send('GET', '/users/1', undefined, headers)).status).toBe(503);
    const server = await serverSpan(traceId, service);
    expect(server.status).toBe(2);
    expect(server.attributes).toMatchObject({ 'http.response.status_code': 503, 'error.type': '503' });
    const call = await service.collector.span(({ parentSpanId }) => parentSpanId === server.spanId);
    expect(call).toMatchObject({ name: 'GET', kind: 3, status: 2 });
    expect(call.attributes).toMatchObject({ 'error.type': 'ECONNREFUSED' });
  });

  test('hold no personal data and no secret', async () => {
    const { client } = service;
    const nora = { email: 'nora@mail.example', password: 'hunter2-hunter2' };
    await client.post('/users', { name: 'Nora-Name', ...nora });
    await client.post('/users', { name: 'Nora-Name', ...nora });
    const { body } = await client.post('/auth/login', nora);
    const token: string = body.access_token;
    await client.with(token).get('/users?email=nora@mail.example');
    await client.get('/users/nora@mail.example');
    await client.get('/users/nora%40mail.example');
    const { traceId, headers } = newTrace();
    await client.send('GET', '/nora-unknown/hunter2', undefined, headers);
    expect((await serverSpan(traceId, service)).name).toBe('GET');
    const names = service.collector.spans.filter(isServer).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['POST /auth/login', 'GET /users', 'GET /users/{user_id}']));
    const exported = service.collector.exports.map((each) => each.body.toString()).join('\n');
    expect(exported).toContain('SELECT users');
    expect(exported).not.toMatch(/nora|mail\.example|hunter2/i);
    expect(exported).not.toContain(token);
  });

  test.each([
    [200, true],
    [201, false],
  ])('have a path of %i characters: %s', async (length, present) => {
    const { traceId, headers } = newTrace();
    const path = '/docs/'.padEnd(length, 'a');
    await service.client.send('GET', path, undefined, headers);
    const { attributes } = await serverSpan(traceId, service);
    expect(attributes['http.route']).toMatch(/^\/docs/);
    expect(attributes['url.path']).toBe(present ? path : undefined);
  });

  test('do not come of probes, nor of looking for work', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics'])
      expect((await fetch(service.url + path)).status).toBe(200);
    const { traceId, headers } = newTrace();
    await service.client.send('GET', '/users/4711', undefined, headers);
    await serverSpan(traceId, service);
    const { spans } = service.collector;
    expect(spans.map(({ name }) => name).filter((name) => /health|metrics|SHOW/.test(name))).toEqual([]);
    const requests = new Set(spans.filter(isServer).map((span) => span.traceId));
    expect(spans.filter((span) => !requests.has(span.traceId))).toEqual([]);
  });
});

test('the spans of requests that wait for one connection belong to their own request', async () => {
  const { client, process, collector, stop } = await start({ DATABASE_POOL_SIZE: '1' });
  try {
    const user = await newUser(client);
    const traces = Array.from({ length: 12 }, () => newTrace());
    const path = `/users/${user}/calendars`;
    await Promise.all(traces.map(async ({ headers }) => client.send('GET', path, undefined, headers)));
    await process.end('SIGTERM');
    const statements = traces.map(({ traceId }) => collector.spans.filter(of(traceId)).filter(isStatement));
    expect(statements[0]?.length).toBeGreaterThan(0);
    expect(statements.map(({ length }) => length)).toEqual(traces.map(() => statements[0]?.length));
  } finally {
    await stop();
  }
});

describe('outgoing calls', () => {
  let service: TracedService;
  const receiver = new WebhookReceiver();
  const mailServer = new SmtpServer();
  let provider: OidcProvider;
  let webhook: string;
  let mail: string;

  beforeAll(async () => {
    webhook = await receiver.start();
    mail = await mailServer.start();
    provider = await OidcProvider.start();
    service = await start({
      WEBHOOK_SECRET: 'a-secret-of-24-bytes-or-more',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      SMTP_URL: mail,
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: 'calendar',
    });
  });
  afterAll(async () => {
    await service.stop();
    await Promise.all([receiver.stop(), mailServer.stop(), provider.stop()]);
  });

  /** Creates an event of which a reminder is due at once. */
  async function remind(reminder: Partial<NewReminder>): Promise<void> {
    const user = await newUser(service.client, { default_reminders: [{ minutes_before: 15, ...reminder }] });
    const { status } = await service.client.post('/events', {
      title: 'Stand-up',
      organizer_user_id: user,
      start_date: new Date(Date.now() + 10 * 60_000).toISOString(),
      duration: 900,
    });
    expect(status).toBe(201);
  }

  test('of a webhook are spans, and the receiver can continue the trace', async () => {
    await remind({ method: 'webhook', url: `${webhook}/hooks/hunter2?key=hunter2` });
    const call = await service.collector.span(({ name }) => name === 'POST');
    const delivery = await service.collector.span(({ spanId }) => spanId === call.parentSpanId);
    expect(call).toMatchObject({ kind: 3, status: 0, traceId: delivery.traceId });
    expect(call.attributes).toEqual({
      'http.request.method': 'POST',
      'url.full': `${webhook}/REDACTED`,
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(webhook).port),
      'http.response.status_code': 204,
    });
    expect(receiver.received[0]?.headers.traceparent).toBe(`00-${call.traceId}-${call.spanId}-01`);
    expect(delivery).toMatchObject({ name: 'deliver reminder', kind: 1 });
    expect(delivery.parentSpanId).toBeUndefined();
    expect(JSON.stringify(service.collector.spans)).not.toContain('hunter2');
  });

  test('of mail are spans', async () => {
    await remind({ method: 'email' });
    const call = await service.collector.span(({ name }) => name === 'send mail');
    expect(call).toMatchObject({ kind: 3, status: 0 });
    expect(call.attributes).toEqual({
      'network.protocol.name': 'smtp',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(mail).port),
    });
  });

  test('to an OpenID Connect provider are spans of the request that needs them', async () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: provider.issuer, aud: 'calendar', sub: 'ann', iat: now, exp: now + 600 };
    const { traceId, headers } = newTrace();
    const client = service.client.with(await provider.sign(claims));
    await client.send('GET', '/users/1', undefined, headers);
    const server = await serverSpan(traceId, service);
    const calls = service.collector.spans.filter(
      (span) => span.traceId === traceId && 'url.full' in span.attributes,
    );
    const call = { name: 'GET', kind: 3, status: 0, parentSpanId: server.spanId };
    expect(calls).toMatchObject([call, call]);
  });

  test('are of another trace than the line of a reminder, which has the trace of its firing', async () => {
    await remind({ method: 'log' });
    const [line] = logLines(await service.process.printed(/^\{.*"msg":"reminder".*$/m));
    const fired = await service.collector.span(({ spanId }) => spanId === line?.span_id);
    expect(fired).toMatchObject({ name: 'fire reminders', kind: 1, traceId: line?.trace_id });
  });
});

describe('the collector', () => {
  let service: TracedService;
  afterEach(async () => service.stop());

  test('gets protobuf by default, with the headers and the name of the environment', async () => {
    service = await start({
      OTEL_EXPORTER_OTLP_PROTOCOL: '',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20collector-key',
      OTEL_SERVICE_NAME: 'calendar-of-the-office',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging',
    });
    const { traceId, headers } = newTrace();
    await service.client.send('GET', '/users/4711', undefined, headers);
    await service.process.end('SIGTERM');
    const { exports } = service.collector;
    expect(exports[0]?.path).toBe('/v1/traces');
    expect(exports[0]?.headers).toMatchObject({
      'content-type': 'application/x-protobuf',
      authorization: 'Bearer collector-key',
    });
    const received = exports.map(({ body }) => body.toString('latin1')).join('');
    expect(received).toContain(Buffer.from(traceId, 'hex').toString('latin1'));
    expect(received).toContain('calendar-of-the-office');
    expect(received).toContain('staging');
  });

  test('that never answers delays neither requests nor the end of the process', async () => {
    const anHour = String(3_600_000);
    service = await start({
      OTEL_EXPORTER_OTLP_TIMEOUT: anHour,
      OTEL_BSP_EXPORT_TIMEOUT: anHour,
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1',
    });
    const { collector, client, process } = service;
    collector.behaviour = 'never';
    await client.get('/users/4711');
    await collector.until(() => collector.exports.length > 0);
    const answers = await Promise.all(Array.from({ length: 20 }, async () => client.get('/users/4711')));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    // The exit code would be 1 if the service's own time limit ended the process.
    expect(await process.end('SIGTERM')).toBe(0);
    expect(logLines(process.output()).at(-1)).toMatchObject({ level: 'info', msg: 'The service has ended' });
  });

  test('that refuses spans is one line in the log, until it takes them again', async () => {
    service = await start({ OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1' });
    const { collector, client, process } = service;
    collector.behaviour = 'failure';
    await client.get('/users/4711');
    await collector.until(() => collector.exports.length >= 2);
    collector.behaviour = 'success';
    await client.get('/users/4711');
    await process.printed(/The collector takes spans again/);
    const lines = logLines(process.output()).filter(({ context }) => context === 'Tracing');
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      ['warn', 'The collector at OTEL_EXPORTER_OTLP_ENDPOINT does not take spans: Bad Request'],
      ['info', 'The collector takes spans again.'],
    ]);
  });
});

/** The modules that the service has loaded when it ends after some requests. */
async function modulesOf(environment: NodeJS.ProcessEnv): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'modules-'));
  const file = join(directory, 'modules');
  const recorder = new URL('../../support/record-modules.mjs', import.meta.url).href;
  const { client, process, stop } = await start({
    NODE_OPTIONS: `--import ${recorder}`,
    RECORDED_MODULES: file,
    ...environment,
  });
  await client.get('/users/4711');
  expect((await client.get('/metrics')).status).toBe(200);
  await process.end('SIGTERM');
  await stop();
  const modules = await readFile(file, 'utf8');
  await rm(directory, { recursive: true });
  return modules;
}

test('OpenTelemetry is loaded with the variable, and nothing of it without', async () => {
  const off = await modulesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: '' });
  expect(off).toMatch(/^import .*\/node_modules\/@nestjs\/core\//m);
  expect(off).toMatch(/^require .*\/node_modules\/pg\//m);
  expect(off).toMatch(/^require .*\/node_modules\/prom-client\//m);
  expect(off).not.toContain('opentelemetry');
  const on = await modulesOf({});
  expect(on).toMatch(/^import .*\/node_modules\/@opentelemetry\/sdk-trace-base\//m);
  expect(on).toMatch(/^require .*\/node_modules\/@opentelemetry\/api\//m);
});
