import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FieldProblem } from '../../../clients/typescript/src/schema.js';
import { Client, type Refusal } from '../../support/client/client.js';
import { type Document, type Operation, operationsOf, resolved } from '../../support/openapi/operation.js';
import { ACCESS_BY_OPERATION } from '../../support/openapi/operation-access.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const document: Document = JSON.parse(readFileSync('openapi.json', 'utf8'));
const operations = operationsOf(document);
const withBody = operations
  .filter(({ body }) => body?.type === 'application/json')
  .map((operation) => ({ name: operation.operationId, operation }));

const EVENT = { title: 'Planning', start_date: '2022-09-06T10:00:00Z', duration: 3600, organizer_user_id: 1 };
const WINDOW = 'from=2022-09-06T00:00:00Z&to=2022-09-07T00:00:00Z';
const NEAREST = '/events:nearest-empty-time-interval';

const API_KEY = 'cal_the-key-of-hostile-input-0123456789-abc';

/** The key, for an operation that needs a caller. One for persons alone refuses the key after the body. */
function identityOf({ operationId }: Operation): Record<string, string> {
  const rule = ACCESS_BY_OPERATION[operationId]?.rule;
  return rule === 'key' || rule === 'person' ? { authorization: `Bearer ${API_KEY}` } : {};
}

/** The path of an operation with the first of everything. */
function pathOf({ path }: Operation): string {
  return path.replace('{original_start}', '2022-09-06T10:00:00Z').replaceAll(/\{\w+\}/g, '1');
}

/** An object of so many containers inside each other. */
function nested(depth: number): string {
  return `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
}

function fieldsOf({ body }: Refusal): string[] {
  return (body.errors ?? []).map(({ field }: FieldProblem) => field);
}

describe('the input of the service', () => {
  let application: TestApplication;
  let client: Client;

  beforeAll(async () => {
    application = await startTestApplication({
      CORS_ORIGINS: 'https://calendar.example.com',
      BOOTSTRAP_API_KEY: API_KEY,
    });
    client = new Client(application.url);
    for (const name of ['ann', 'bob']) await client.create('/users', { name, email: `${name}@example.com` });
    await client.create('/events', { ...EVENT, invited_user_ids: [2] });
  });
  afterAll(async () => application.close());

  async function send(operation: Operation, body: string | Buffer, type = 'application/json', headers = {}) {
    const answer = await fetch(application.url + pathOf(operation), {
      method: operation.method,
      headers: { 'content-type': type, ...identityOf(operation), ...headers },
      body,
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
  }

  /** With any method, also one that `fetch` does not allow. */
  async function ask(method: string, path: string): Promise<{ status: number; allow: string | undefined }> {
    return new Promise((resolve, reject) => {
      request(application.url + path, { method }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, allow: answer.headers.allow });
      })
        .on('error', reject)
        .end();
    });
  }

  describe.each(withBody)('the body of $name', ({ operation }) => {
    test.each(['null', '[]', '"x"', '1', 'true', '[{}]'])('is no %s: an object is expected', async (body) => {
      expect(await send(operation, body)).toMatchObject({
        status: 400,
        body: { code: 'invalid_input', errors: [{ field: 'body', message: 'an object is expected' }] },
      });
    });

    test('is nested at most 32 deep', async () => {
      const atLimit = await send(operation, nested(32));
      expect(atLimit.status).toBe(400);
      expect(fieldsOf(atLimit)).toContain('a');
      for (const depth of [33, 100_000]) {
        expect(await send(operation, nested(depth))).toMatchObject({
          status: 400,
          body: { detail: 'The body has more than 32 arrays and objects inside each other.' },
        });
      }
    });

    test.each([
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      'isPrototypeOf',
      '__defineGetter__',
    ])('has no field %s', async (name) => {
      const answer = await send(operation, `{${JSON.stringify(name)}:{"polluted":true}}`);
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toContainEqual({ field: name, message: 'is not a known field' });
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    });

    test('is JSON in UTF-8, as it is', async () => {
      for (const type of [
        'application/json; charset=latin9',
        'application/json;charset="iso-8859-1"',
        'application/json; charset=utf-16',
        'application/json; charset=utf-8; charset=latin9',
        'application/merge-patch+json',
        'text/plain',
      ]) {
        const { status, body } = await send(operation, '[]', type);
        expect({ type, status, code: body.code }).toEqual({
          type,
          status: 415,
          code: 'unsupported_media_type',
        });
      }
      const gzip = { 'content-encoding': 'gzip' };
      expect((await send(operation, gzipSync('[]'), 'application/json', gzip)).status).toBe(415);
      for (const type of [
        'application/json; charset=UTF-8',
        'application/json;charset="utf-8"',
        'APPLICATION/JSON; Charset=utf8',
        'application/json; profile="x"',
      ]) {
        expect((await send(operation, '[]', type)).body.errors).toEqual([
          { field: 'body', message: 'an object is expected' },
        ]);
      }
      const latin = await send(operation, Buffer.from('{"a":"\xe4"}', 'latin1'));
      expect(latin).toMatchObject({ status: 400, body: { detail: 'The body is not UTF-8.' } });
    });

    test('is there, where the document requires it', async () => {
      const { minProperties = 0, required = [] } = resolved(document, operation.body?.schema ?? {});
      const needed = minProperties > 0 || required.length > 0;
      expect(operation.body?.required).toBe(needed);
      const errors = required.map((field: string) => ({ field, message: 'is required' }));
      const absent = await client.send(operation.method, pathOf(operation), undefined, identityOf(operation));
      for (const { status, body } of [absent, await send(operation, '{}')]) {
        expect({ status, refused: status === 400 }).toEqual({ status, refused: needed });
        expect(body.errors ?? []).toEqual(expect.arrayContaining(errors));
      }
    });
  });

  test('has a PATCH name at least one field', async () => {
    const patches = operations.filter(({ method }) => method === 'PATCH');
    expect(patches.map(({ body }) => resolved(document, body?.schema ?? {}).minProperties)).toEqual(
      patches.map(() => 1),
    );
    expect((await client.patch('/users/1', { name: 'ann' })).status).toBe(200);
  });

  test.each(['[[]]', '[[[[[[]]]]]]', '[null]', '["x"]', '[1]', '[true]', '{}', '"x"', '1'])(
    'has lists of objects, which %s is not',
    async (list) => {
      const user = await client.send('PATCH', '/users/1', `{"working_hours":${list}}`);
      expect({ status: user.status, field: fieldsOf(user)[0] }).toEqual({
        status: 400,
        field: 'working_hours',
      });
      const reminders = `{"use_default":false,"overrides":${list}}`;
      const set = await client.send('PUT', '/users/1/events/1/reminders', reminders);
      expect({ status: set.status, field: fieldsOf(set)[0] }).toEqual({ status: 400, field: 'overrides' });
    },
  );

  test('has no unknown field at any level of a body or a query', async () => {
    const day = { days_of_week: [1], from: '09:00', to: '18:00' };
    const hours = `{"working_hours":[${JSON.stringify(day)},{"constructor":{},"hasOwnProperty":1,${JSON.stringify(day).slice(1)}]}`;
    expect(fieldsOf(await client.send('PATCH', '/users/1', hours))).toEqual([
      'working_hours.1.constructor',
      'working_hours.1.hasOwnProperty',
    ]);
    const repeat = '{"repeat":{"frequency":"daily","__proto__":{"count":1}}}';
    expect(fieldsOf(await client.send('PATCH', '/events/1', repeat))).toEqual(['repeat.__proto__']);
    for (const name of ['constructor', '__proto__', 'hasOwnProperty', 'unheard_of']) {
      const answer = await client.get(`/free-busy?${WINDOW}&user_ids=1&${name}=1`);
      expect({ status: answer.status, fields: fieldsOf(answer) }).toEqual({ status: 400, fields: [name] });
    }
  });

  describe.each([
    '0x10',
    '1e3',
    '%201',
    '1%20',
    '+1',
    '%2B1',
    '1.0',
    '01',
    '-1',
    '0',
    '1_0',
    '%D9%A1',
    '1,2',
  ])('the id %s', (id) => {
    test.each([
      ['GET', `/users/${id}`, 'user_id'],
      ['PATCH', `/users/${id}`, 'user_id'],
      ['GET', `/users/${id}/events?${WINDOW}`, 'user_id'],
      ['GET', `/users/1/events/${id}/reminders`, 'event_id'],
      ['GET', `/events/${id}`, 'event_id'],
      ['DELETE', `/events/${id}`, 'event_id'],
      ['GET', `/events/${id}/occurrences?${WINDOW}`, 'event_id'],
      ['GET', `/event-invites/${id}`, 'invite_id'],
      ['POST', `/event-invites/${id}:accept`, 'invite_id'],
      ['POST', `/event-invites/${id}%3Adecline`, 'invite_id'],
      ['POST', `/event-invites/${id}:tentative`, 'invite_id'],
      ['GET', `/free-busy?${WINDOW}&user_ids=${id}`, 'user_ids'],
      ['GET', `/free-busy?${WINDOW}&user_ids=1&user_ids=${id}`, 'user_ids'],
      ['GET', `${NEAREST}?duration=1h&user_ids=${id}`, 'user_ids'],
      ['GET', `${NEAREST}?duration=1h&user_ids=1&optional_user_ids=${id}`, 'optional_user_ids'],
      ['GET', `${NEAREST}?duration=1h&user_ids=1&limit=${id}`, 'limit'],
      ['GET', `${NEAREST}?duration=1h&user_ids=1&min_attending=${id}`, 'min_attending'],
      ['GET', `/users/1/event-invites?limit=${id}`, 'limit'],
    ])('is refused in %s %s, naming the parameter', async (method, path, field) => {
      const answer = await client.send(method, path, method === 'PATCH' ? { name: 'a' } : undefined);
      expect({ status: answer.status, fields: fieldsOf(answer) }).toEqual({ status: 400, fields: [field] });
    });
  });

  test.each(['1.0', '1e0', '1E0', '10e-1', '"1"', '"0x10"', '" 1"', '0', '-1', 'null', 'true', '[1]'])(
    'refuses the id %s in a body, naming the field',
    async (id) => {
      const organizer = JSON.stringify(EVENT).replace('"organizer_user_id":1', `"organizer_user_id":${id}`);
      expect(fieldsOf(await client.send('POST', '/events', organizer))).toEqual(['organizer_user_id']);
      const invited = JSON.stringify({ ...EVENT, invited_user_ids: [] }).replace('[]', `[2,${id}]`);
      const [field] = fieldsOf(await client.send('POST', '/events', invited));
      expect(field).toMatch(/^invited_user_ids(?:\.1)?$/);
    },
  );

  test.each(['0x10', '+10', '%2B10', '1.5', '1e1h', '010'])('refuses the duration %s', async (duration) => {
    expect(fieldsOf(await client.get(`${NEAREST}?user_ids=1&duration=${duration}`))).toEqual(['duration']);
  });

  test.each(['accept', 'decline', 'tentative'])('names the id of an invite in :%s', async (action) => {
    for (const id of ['abc', 'a:b', '1:2', '-', '%20', '99999999999']) {
      const answer = await client.post(`/event-invites/${id}:${action}`);
      expect({ id, status: answer.status, fields: fieldsOf(answer) }).toEqual({
        id,
        status: 400,
        fields: ['invite_id'],
      });
      expect((await client.post(`/event-invites/${id}%3A${action}`)).status).toBe(400);
    }
  });

  test('tells of a missing parameter that it is required', async () => {
    expect((await client.get(NEAREST)).body.errors).toEqual([
      { field: 'duration', message: 'is required' },
      { field: 'user_ids', message: 'is required' },
    ]);
    expect((await client.get('/free-busy')).body.errors).toEqual(
      ['user_ids', 'from', 'to'].map((field) => ({ field, message: 'is required' })),
    );
    const { duration: _, ...endless } = EVENT;
    expect((await client.post('/events', endless)).body.errors).toEqual([
      { field: 'duration', message: expect.stringContaining('is required') },
    ]);
  });

  test('answers another method than those of a path with 405 and Allow', async () => {
    const paths = [...new Set(operations.map(({ path }) => path))];
    for (const path of paths) {
      const own = operations.filter((operation) => operation.path === path);
      const methods = new Set(own.map(({ method }) => method));
      if (methods.has('GET')) methods.add('HEAD');
      const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !methods.has(method));
      for (const method of others) {
        const answer = await ask(method, pathOf(own[0]));
        expect({ method, path, ...answer }).toEqual({
          method,
          path,
          status: 405,
          allow: [...methods].toSorted().join(', '),
        });
      }
    }
    const refused = await client.send('PUT', '/event-invites/1%3Aaccept');
    expect(refused).toMatchObject({ status: 405, body: { code: 'method_not_allowed', status: 405 } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await ask('PROPFIND', '/users/1')).toEqual({ status: 405, allow: 'DELETE, GET, HEAD, PATCH' });
    expect(await ask('TRACE', '/events')).toEqual({ status: 405, allow: 'GET, HEAD, POST' });
    for (const [method, path] of [
      ['POST', '/nowhere'],
      ['DELETE', '/users/1/nothing'],
      ['POST', '/event-invites/1:forget'],
      ['PUT', '/events:farthest'],
    ] as const)
      expect({ path, ...(await ask(method, path)) }).toEqual({ path, status: 404, allow: undefined });
  });

  test('answers HEAD as GET, and preflights of every path', async () => {
    expect((await ask('HEAD', '/users/1')).status).toBe(200);
    expect(await ask('HEAD', '/auth/login')).toEqual({ status: 405, allow: 'POST' });
    expect((await ask('HEAD', `${NEAREST}?duration=1h&user_ids=1`)).status).toBe(200);
    const preflight = await fetch(`${application.url}/event-invites/1:accept`, {
      method: 'OPTIONS',
      headers: { origin: 'https://calendar.example.com', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect((await ask('OPTIONS', '/users/1')).status).toBe(204);
  });
});
