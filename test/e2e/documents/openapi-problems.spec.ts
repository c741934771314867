import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent, Problem } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { type Document, documentOf, type Operation, operationsOf } from '../../support/openapi/operation.js';
import { type PrefilledRequest, prefilledRequests } from '../../support/openapi/prefilled.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** The operations after which each other one has something to refuse. */
const SETTING = new Set([
  'createUser',
  'createEvent',
  'createCalendar',
  'setUserByExternalId',
  'setEventByExternalId',
  'createRoom',
  'setRoomByExternalId',
]);

const FAULTS: Readonly<Record<string, string | undefined>> = {
  color: 'x',
  email: 'x',
  on_duplicate: 'x',
  capacity: 'x',
  counts_as: 'x',
  detail: 'x',
  url: undefined,
  free_to: undefined,
  events: 'x',
  duration: '0',
  refresh_token: undefined,
  role: undefined,
  external_id: 'other',
  new_password: undefined,
  token: undefined,
  sync_token: undefined,
  from: 'x',
  limit: '0',
  scopes: undefined,
  status: 'x',
  types: undefined,
  user_id: undefined,
  name: '',
  q: '',
};

const WRONG_PASSWORD = { current_password: 'a wrong one' };

const API_KEY = 'cal_the-key-of-the-problems-0123456789-0123456789';

/** The fields whose fault is an empty list. */
const LISTS = new Set(['requests', 'ids']);

/** The bodies of requests that name an object in the body, with an id of nothing. */
const ABSENT: Readonly<Record<string, (body: Readonly<Record<string, unknown>>) => unknown>> = {
  createEvent: (body) => ({ ...body, organizer_user_id: 999 }),
  exchangeToken: (body) => ({ ...body, user_id: 999 }),
  setEventByExternalId: (body) => ({ ...body, organizer_user_id: 999 }),
  createEvents: (body) => ({ requests: membersWith(body, { organizer_user_id: 999 }) }),
  updateEvents: (body) => ({ requests: membersWith(body, { id: 999 }) }),
  createHold: (body) => ({ ...body, user_ids: [999] }),
  createWebhookSubscription: (body) => ({ ...body, user_id: 999 }),
  deleteEvents: () => ({ ids: [999] }),
  findSeriesSlots: (body) => ({ ...body, user_ids: [999] }),
  findTimes: (body) => ({ ...body, groups: [{ user_ids: [999] }] }),
  bookMeeting: (body) => ({ ...body, groups: [{ user_ids: [999] }] }),
};

function membersWith({ requests }: Readonly<Record<string, unknown>>, fields: object): object[] {
  return (requests as object[]).map((member) => withFields(member, fields));
}

function withFields(member: object, fields: object): object {
  return { ...member, ...fields };
}

/** Operations that need no object to exist, so that their 404 is about the user that a key acts as. */
const OF_ABSENT_CALLERS = new Set([
  'streamChanges',
  'createUser',
  'findUsers',
  'listCalendars',
  'listHolds',
  'listWebhookSubscriptions',
  'setUserByExternalId',
  'createRoom',
  'listRooms',
  'setRoomByExternalId',
]);

interface Refusal {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function exampleOf({ responses }: Operation, status: number): Problem {
  return responses[status]?.content?.['application/problem+json']?.example as Problem;
}

function typeOf({ headers: { 'content-type': type } }: PrefilledRequest): Record<string, string> {
  return type === undefined ? {} : { 'content-type': type };
}

/** The path with another value of a parameter of its query, or without the parameter. */
function withParameter(path: string, name: string, value: string | undefined): string {
  const [target = '', text = ''] = path.split('?', 2);
  const query = new URLSearchParams(text);
  if (value === undefined) query.delete(name);
  else query.set(name, value);
  return query.size === 0 ? target : `${target}?${query.toString()}`;
}

/** The path of the problem, with the query of the request. */
function pathOf({ path }: PrefilledRequest, { instance }: { instance: string }): string {
  const [, query] = path.split('?', 2);
  return query === undefined ? instance : `${instance}?${query}`;
}

/** The request with the fault that the document shows. */
function refusalOfInput(request: PrefilledRequest, example: Problem): Refusal {
  const [{ field }] = example.errors ?? [];
  const path = pathOf(request, example);
  const { body } = request;
  if (!(field in FAULTS || LISTS.has(field))) return { path, body };
  if (typeof body === 'object')
    return { path, body: { ...body, [field]: LISTS.has(field) ? [] : FAULTS[field] } };
  return { path: withParameter(path, field, FAULTS[field]), ...(typeof body === 'string' && { body }) };
}

describe('the problems of the document', () => {
  let application: TestApplication;
  let document: Document;
  let requests: PrefilledRequest[];
  let token: string;
  /** A key that no operation of the document serves. */
  let keyWithoutScope: string;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: API_KEY });
    const client = new Client(application.url);
    document = await documentOf(client);
    requests = prefilledRequests(document);
    const key = await client.with(API_KEY).create('/api-keys', { name: 'mail', scopes: ['mail.write'] });
    keyWithoutScope = key.body.key;
    for (const { operationId, method, path, body } of requests) {
      if (SETTING.has(operationId)) await client.send(method, path, body);
      if (operationId !== 'logIn') continue;
      const { body: tokens } = await client.send('POST', '/auth/login', body);
      token = tokens.access_token;
    }
  });
  afterAll(async () => application.close());

  function operationNamed(name: string): Operation {
    return operationsOf(document).find(({ operationId }) => operationId === name) as Operation;
  }

  /** Expects the problem that the document shows, of each operation that shows one. */
  async function expectProblems(
    status: number,
    refusalOf: (request: PrefilledRequest, example: Problem) => Refusal,
    except: readonly string[] = [],
  ): Promise<void> {
    const given: Record<string, unknown> = {};
    const shown: Record<string, unknown> = {};
    for (const operation of operationsOf(document)) {
      const { operationId, method } = operation;
      const example = exampleOf(operation, status);
      const request = requests.find((one) => one.operationId === operationId);
      if (example === undefined || request === undefined || except.includes(operationId)) continue;
      const { path, body, headers } = refusalOf(request, example);
      const client = new Client(application.url);
      const identity = request.needsKey ? API_KEY : request.needsToken ? token : null;
      const caller = identity === null ? client : client.with(identity);
      shown[operationId] = example;
      given[operationId] = (await caller.send(method, path, body, { ...typeOf(request), ...headers })).body;
    }
    expect(Object.keys(shown).length).toBeGreaterThan(0);
    expect(given).toEqual(shown);
  }

  test('400: the document shows the message of the field at fault', async () => {
    // Only a blank id in the path is at fault, or the id from which a stream continues.
    const others = ['getEventByExternalId', 'getUserByExternalId', 'getRoomByExternalId', 'streamChanges'];
    await expectProblems(400, refusalOfInput, others);
  });

  test('401: a token, a password or a refresh token that is wrong', async () => {
    await expectProblems(401, (request, example) => ({
      path: pathOf(request, example),
      body:
        request.operationId === 'logIn' ? { ...(request.body as object), password: 'wrong' } : request.body,
      // A sign-up ignores the token of a person, and refuses an unknown key.
      headers: { authorization: request.operationId === 'createUser' ? 'Bearer cal_x' : 'Bearer x' },
    }));
  });

  test('403: the token of another user', async () => {
    const ofOther = { authorization: `Bearer ${token}` };
    const ofKey = { authorization: `Bearer ${keyWithoutScope}` };
    // Only a server with SIGN_UP=closed refuses to create a user.
    await expectProblems(
      403,
      (request, example) => ({
        path: pathOf(request, example),
        body:
          request.operationId === 'changePassword'
            ? { ...(request.body as object), ...WRONG_PASSWORD }
            : request.body,
        headers: example.code === 'scope_missing' ? ofKey : ofOther,
      }),
      ['createUser'],
    );
  });

  test('404: an id of nothing', async () => {
    await expectProblems(404, (request, example) => {
      const { operationId, body } = request;
      const sent = pathOf(request, example).replace('user_ids=1', 'user_ids=999');
      const path = operationId === 'searchEvents' ? withParameter(sent, 'attendee_user_id', '999') : sent;
      // A key that acts as itself has no password.
      const isOfKey = OF_ABSENT_CALLERS.has(operationId) || operationId === 'changePassword';
      return {
        path,
        body: ABSENT[operationId]?.(body as Record<string, unknown>) ?? body,
        headers: {
          ...(isOfKey && { authorization: `Bearer ${API_KEY}` }),
          ...(OF_ABSENT_CALLERS.has(operationId) && { 'act-as-user': '999' }),
        },
      };
    });
  });

  test('409: an address that another user has', async () => {
    const client = new Client(application.url);
    const created = await client.post('/users', { name: 'other', email: 'ishcherbina@example.com' });
    expect(created.body).toEqual(exampleOf(operationNamed('createUser'), 409));
    const changed = await client.patch('/users/1', { email: 'masha@example.com' });
    expect(changed.body).toEqual(exampleOf(operationNamed('updateUser'), 409));
  });

  test('409: time that is taken', async () => {
    const create = operationNamed('createEvent');
    const { body } = requests.find(({ operationId }) => operationId === 'createEvent') as PrefilledRequest;
    const taken: NewEvent = { ...(body as NewEvent), repeat: null, conflict_policy: 'reject' };
    const refused = await new Client(application.url).post('/events', taken);
    expect(refused.body).toEqual(exampleOf(create, 409));
  });

  test('412: another version', async () => {
    await expectProblems(412, (request, example) => ({
      path: pathOf(request, example),
      body:
        request.operationId === 'updateEvents'
          ? { requests: membersWith(request.body as Record<string, unknown>, { if_match: 999 }) }
          : request.body,
      // Users and rooms have no versions.
      headers: Object.fromEntries([
        ['setUserByExternalId', 'setRoomByExternalId'].includes(request.operationId)
          ? ['if-none-match', '*']
          : ['if-match', '"999"'],
      ]),
    }));
  });

  test.each([
    ['BodyTooLarge', JSON.stringify({ title: 'x'.repeat(2 ** 20) }), 'application/json'],
    ['UnsupportedMediaType', 'title=x', 'application/x-www-form-urlencoded'],
  ])('%s, which all operations share', async (name, body, type) => {
    const { content } = document.components.responses[name];
    const { body: refused } = await new Client(application.url).send('POST', '/events', body, {
      'content-type': type,
    });
    expect(refused).toEqual(content?.['application/problem+json'].example);
  });

  test('are there for every status', () => {
    const without = operationsOf(document).flatMap((operation) =>
      Object.entries(operation.responses)
        .filter(([, response]) => response.content?.['application/problem+json'])
        .filter(([status]) => exampleOf(operation, Number(status))?.status !== Number(status))
        .map(([status]) => `${operation.operationId} ${status}`),
    );
    expect(without).toEqual([]);
  });
});
