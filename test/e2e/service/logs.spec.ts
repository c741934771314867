import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { Client } from '../../support/client/client.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { type RunningScript, runScript } from '../../support/service/child-process.js';
import { type LogLine, logLines } from '../../support/service/log-lines.js';

describe('the log', () => {
  let database: TestDatabase;
  let service: RunningScript;
  let url: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const port = String(await bindablePort(0, '127.0.0.1'));
    url = `http://127.0.0.1:${port}`;
    service = runScript('src/main.js', [], { PORT: port, DATABASE_URL: database.url, LOG_LEVEL: 'info' });
    await service.printed(/AUTH_MODE=/);
  });
  afterAll(async () => {
    await service.end('SIGKILL');
    await database.drop();
  });

  /** The line of the request with this id, once it is written. */
  async function lineOf(requestId: string): Promise<LogLine | undefined> {
    await service.printed(new RegExp(`${requestId}.*"msg":"request"`));
    return logLines(service.output()).find((line) => line.request_id === requestId && line.msg === 'request');
  }

  test('is JSON from the first line on', async () => {
    const lines = service.output().trim().split('\n');
    expect(logLines(service.output())).toHaveLength(lines.length);
    expect(logLines(service.output())[0]).toMatchObject({ level: 'info', context: 'Calendar' });
  });

  test('has a line for each request, under the id that the answer names', async () => {
    const { headers } = await fetch(`${url}/events/4711?max_attendees=1`);
    const requestId = headers.get('x-request-id') ?? '';
    expect(await lineOf(requestId)).toMatchObject({
      level: 'info',
      method: 'GET',
      route: '/events/{event_id}',
      params: { event_id: '4711' },
      status: 404,
      address: '127.0.0.1',
    });
  });

  test.each([
    ['a1b2-c3:d4', true],
    ['two words', false],
    ['a'.repeat(129), false],
  ])('takes the id that a proxy gives: %s', async (given, taken) => {
    const { headers } = await fetch(`${url}/users/1`, { headers: { 'x-request-id': given } });
    expect(headers.get('x-request-id') === given).toBe(taken);
  });

  test('has no secret, and nothing of a body or a query', async () => {
    await new Client(url).create('/users', {
      name: 'ann',
      email: 'ann@example.com',
      password: 'hunter2-hunter2',
    });
    await fetch(`${url}/users?email=ann@example.com`, {
      headers: { authorization: 'Bearer abc.def.ghi', 'x-request-id': 'last-one' },
    });
    await lineOf('last-one');
    expect(service.output()).not.toMatch(/hunter2|abc\.def|ann@example/);
  });
});
