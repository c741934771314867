import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SpanStatusCode } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { OpenTelemetryTracer } from '../../platform/tracing/open-telemetry.js';
import { inNewTrace, useTracer } from '../../platform/tracing/tracing.js';
import { traceStatement } from './trace-statement.js';

const SERVER = { host: 'db.example', port: 5432, database: 'calendar' };

describe('the span of a statement', () => {
  const exporter = new InMemorySpanExporter();

  beforeEach(() => {
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    useTracer(new OpenTelemetryTracer(provider.getTracer('test')));
  });
  afterEach(() => {
    useTracer(null);
    exporter.reset();
  });

  /** Runs the statement within a span. @returns the span of the statement */
  async function spanOf(text: string, run: () => Promise<unknown> = async () => 'rows') {
    const work = async () => traceStatement(SERVER, 'public', text, run);
    await inNewTrace({ name: 'work', kind: 'internal', attributes: {} }, work).catch(() => undefined);
    return exporter.getFinishedSpans()[0];
  }

  test.each([
    ['SELECT e.id FROM events e WHERE e.id = $1', 'SELECT', 'SELECT events'],
    ['SELECT "User"."id" AS "User_id" FROM "users" "User"', 'SELECT', 'SELECT users'],
    ['  insert into attendees (user_id) values ($1)', 'INSERT', 'INSERT attendees'],
    ['UPDATE users SET name = $1 WHERE id = $2', 'UPDATE', 'UPDATE users'],
    ['DELETE FROM ONLY_THIS', 'DELETE', 'DELETE ONLY_THIS'],
    ['SELECT pg_advisory_xact_lock($1)', 'SELECT', 'SELECT'],
    ['START TRANSACTION', 'START TRANSACTION', 'START TRANSACTION'],
    ['COMMIT', 'COMMIT', 'COMMIT'],
    ['', 'SQL', 'SQL'],
  ])('%s is called by its operation and table', async (text, operation, name) => {
    const span = await spanOf(text);
    expect(span?.name).toBe(name);
    expect(span?.attributes).toMatchObject({ 'db.operation.name': operation, 'db.query.text': text });
    expect(span?.status.code).toBe(SpanStatusCode.UNSET);
  });

  test('has at most 4,000 characters of the text', async () => {
    const text = `SELECT ${'1'.repeat(3_993)}`;
    expect((await spanOf(text))?.attributes['db.query.text']).toBe(text);
    exporter.reset();
    expect((await spanOf(`${text}1`))?.attributes['db.query.text']).toBe(text);
  });

  test('has the code of an error, and no message, which may repeat a parameter', async () => {
    const span = await spanOf('SELECT $1::integer', async () => {
      throw Object.assign(new Error('invalid input syntax for type integer: "ann@example.com"'), {
        code: '22P02',
      });
    });
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(span?.attributes).toMatchObject({ 'error.type': '22P02', 'db.response.status_code': '22P02' });
    expect(span?.events).toEqual([]);
  });

  test('has no code of PostgreSQL if the connection broke', async () => {
    const span = await spanOf('COMMIT', async () => {
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    });
    expect(span?.attributes['error.type']).toBe('ECONNRESET');
    expect(span?.attributes).not.toHaveProperty('db.response.status_code');
  });

  test('is not made outside of another span', async () => {
    await traceStatement(SERVER, 'public', 'SELECT 1', async () => 'rows');
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});
