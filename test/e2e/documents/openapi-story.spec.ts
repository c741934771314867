import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Tokens } from '../../../clients/typescript/src/schema.js';
import { Client, type Refusal, type ServiceResponse } from '../../support/client/client.js';
import { type Document, documentOf, operationsOf } from '../../support/openapi/operation.js';
import { nameOf, type PrefilledRequest, prefilledRequests } from '../../support/openapi/prefilled.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

/** The examples that need a token which the service makes, and the problem without it. */
const EXCEPTIONS: Readonly<Record<string, { status: number; code: string }>> = {
  'verifyEmail token': { status: 400, code: 'invalid_mailed_token' },
  'forgotPassword third': { status: 409, code: 'email_not_configured' },
  'resetPassword token': { status: 400, code: 'invalid_mailed_token' },
  'refreshTokens token': { status: 401, code: 'invalid_refresh_token' },
  getFeed: { status: 404, code: 'feed_not_found' },
};

/** The id of a delivery has the time of the story. */
const OF_ANOTHER_TIME = { redeliverWebhook: { status: 404, code: 'webhook_delivery_not_found' } };

/** The hosts of the examples need no name server, and get no request. */
const WEBHOOKS = { WEBHOOK_ALLOW_PRIVATE: 'true', WEBHOOK_DISPATCH: 'off', CALENDAR_FETCH: 'off' };

/** The responses by the name of the request. A test that reads another body than a problem's names its type. */
type Answers = ReadonlyMap<string, Refusal>;

const API_KEY = 'cal_the-key-of-the-story-0123456789-0123456789';

interface Told {
  readonly document: Document;
  readonly requests: readonly PrefilledRequest[];
  readonly answers: Answers;
}

function tokensIn(answers: Answers): Tokens {
  return (answers.get('logIn third') as ServiceResponse | undefined)?.body as Tokens;
}

/** Sends each example of the page, one after the other, as a person does without changing them. */
async function tellStory(application: TestApplication): Promise<Told> {
  const client = new Client(application.url);
  const document = await documentOf(client);
  const requests = prefilledRequests(document);
  const answers = new Map<string, Refusal>();
  for (const request of requests) {
    const { method, path, body, headers, needsToken, needsKey } = request;
    const token = needsKey ? API_KEY : needsToken && tokensIn(answers).access_token;
    const caller = token ? client.with(token) : client;
    answers.set(nameOf(request), await caller.send(method, path, body, headers));
  }
  return { document, requests, answers };
}

function refusalsOf({ answers }: Told): Record<string, { status: number; code: string }> {
  const refused = [...answers].filter(([, { status }]) => status < 200 || status > 299);
  return Object.fromEntries(refused.map(([name, { status, body }]) => [name, { status, code: body.code }]));
}

/** The same without the moments of creation and change and without secrets, which differ in each run. */
function settled(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (field, value) =>
    [
      'created_at',
      'updated_at',
      'at',
      'last_used_at',
      'expires_at',
      'access_token',
      'refresh_token',
      'key',
      'prefix',
      'secret',
    ].includes(field) || isAddressOfFeed(value)
      ? '…'
      : value,
  );
}

function isAddressOfFeed(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('/feeds/');
}

/** The example of the successful response to an operation; undefined: it has none. */
function exampleOf(document: Document, operationId: string): unknown {
  const operation = operationsOf(document).find((one) => one.operationId === operationId);
  const [, success] =
    Object.entries(operation?.responses ?? {}).find(([status]) => status.startsWith('2')) ?? [];
  return success?.content?.['application/json']?.example;
}

describe('the examples of the document, sent from the top of the page to the bottom', () => {
  let application: TestApplication;
  let told: Told;

  beforeAll(async () => {
    application = await startTestApplication(
      { BOOTSTRAP_API_KEY: API_KEY, ...WEBHOOKS },
      new TestClock('2022-09-06T14:16:47.878Z'),
    );
    told = await tellStory(application);
  });
  afterAll(async () => application.close());

  async function newSession(): Promise<Tokens> {
    const login = { email: 'petya@example.com', password: 'another horse, another battery' };
    return (await new Client(application.url).post('/auth/login', login)).body;
  }

  test('are of every operation', () => {
    const sent = told.requests.map(({ operationId }) => operationId);
    const all = operationsOf(told.document).map(({ operationId }) => operationId);
    expect([...new Set(sent)].toSorted()).toEqual(all.toSorted());
  });

  test('succeed, except for those that need a token of the service', () => {
    expect(refusalsOf(told)).toEqual(EXCEPTIONS);
  });

  test('end each tag with the operation that deletes', () => {
    const { requests, document } = told;
    const tagOf = new Map(
      Object.values(document.paths)
        .flatMap((item) => Object.values(item))
        .map(({ operationId, tags }) => [operationId, tags[0]]),
    );
    const lastOfTags = new Map(requests.map(({ operationId }) => [tagOf.get(operationId), operationId]));
    const deleting = requests.filter(
      ({ method, operationId }) => method === 'DELETE' || operationId === 'logOut',
    );
    expect([...lastOfTags.values()]).toEqual(
      expect.arrayContaining(deleting.map(({ operationId }) => operationId)),
    );
  });

  test('have the responses that the document shows', async () => {
    const { document, requests, answers } = told;
    // The story ends the session of `logIn` by a new password.
    const { refresh_token: token } = await newSession();
    const given = new Map(
      // The document shows the response to the first of several bodies.
      requests.toReversed().map((request) => [request.operationId, answers.get(nameOf(request))?.body]),
    );
    given.set(
      'refreshTokens',
      (await new Client(application.url).post('/auth/refresh', { refresh_token: token })).body,
    );
    const withExample = [...given.keys()].filter(
      (name) => exampleOf(document, name) !== undefined && name !== 'verifyEmail',
    );
    expect(withExample.length).toBeGreaterThan(0);
    expect(Object.fromEntries(withExample.map((name) => [name, settled(given.get(name))]))).toEqual(
      Object.fromEntries(withExample.map((name) => [name, settled(exampleOf(document, name))])),
    );
  });

  test('are there for every response with JSON', () => {
    const without = operationsOf(told.document).flatMap(({ operationId, responses }) =>
      Object.entries(responses)
        .filter(
          ([status, { content }]) =>
            status.startsWith('2') &&
            content?.['application/json'] &&
            exampleOf(told.document, operationId) === undefined,
        )
        .map(([status]) => `${operationId} ${status}`),
    );
    expect(without).toEqual([]);
  });
});

test('The examples succeed at the present time too', async () => {
  const application = await startTestApplication({ BOOTSTRAP_API_KEY: API_KEY, ...WEBHOOKS });
  try {
    expect(refusalsOf(await tellStory(application))).toEqual({ ...EXCEPTIONS, ...OF_ANOTHER_TIME });
  } finally {
    await application.close();
  }
});

describe.each([
  ['optional', [{}, { bearer: [] }]],
  ['required', [{ bearer: [] }]],
])('The security of the document with AUTH_MODE=%s', (mode, ofPersons) => {
  let application: TestApplication;
  beforeAll(async () => {
    application = await startTestApplication({ AUTH_MODE: mode });
  });
  afterAll(async () => application.close());

  test('is what an operation without a token is answered by', async () => {
    const client = new Client(application.url);
    const document = await documentOf(client);
    const declared = new Map(
      Object.values(document.paths)
        .flatMap((item) => Object.values(item))
        .map((operation) => [operation.operationId, operation.security]),
    );
    for (const { operationId, method, path, body, headers } of prefilledRequests(document)) {
      const security = declared.get(operationId) ?? [];
      const withoutKeys = security.filter((scheme) => !('api_key' in scheme));
      expect([[], [{}], [{ bearer: [] }], ofPersons]).toContainEqual(withoutKeys);
      const answer = await client.send(method, path, body, headers);
      const isOpen = security.length === 0 || security.some((scheme) => Object.keys(scheme).length === 0);
      expect({ operationId, isOpen: answer.body?.code !== 'token_required' }).toEqual({
        operationId,
        isOpen,
      });
    }
  });
});
