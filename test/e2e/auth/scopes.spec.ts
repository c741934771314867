import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACT_AS_USER } from '../../../src/access/access.decorator.js';
import { SCOPES, type Scope } from '../../../src/access/scope.js';
import { MAX_ID } from '../../../src/platform/values/max-id.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { type Document, type Operation, operationsOf } from '../../support/openapi/operation.js';
import { ACCESS_BY_OPERATION } from '../../support/openapi/operation-access.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const document: Document = JSON.parse(readFileSync('openapi.json', 'utf8'));
const ROOT = 'cal_the-key-that-makes-the-others-0123456789';
/** Seconds. */
const SOON = 60;

interface ScopedOperation {
  readonly name: string;
  readonly operation: Operation;
  readonly scope: Scope;
}

/** The operations of these rules that need a scope of a key. */
function scoped(...rules: string[]): ScopedOperation[] {
  return operationsOf(document).flatMap((operation) => {
    const { operationId: name } = operation;
    const { rule, scope } = ACCESS_BY_OPERATION[name] ?? { rule: '', scope: null };
    return scope !== null && rules.includes(rule) ? [{ name, operation, scope }] : [];
  });
}

const ALL = scoped('public', 'caller', 'key');
const FOR_PERSONS_TOO = scoped('public', 'caller');
const FOR_KEYS_ALONE = scoped('key');

/** A request to the operation about no object that exists, with an empty body. */
async function send(client: Client, { method, path, body }: Operation): Promise<ServiceResponse<Body>> {
  const target = path
    .replace('{original_start}', '2026-03-02T09:00:00Z')
    .replaceAll(/\{\w+_id\}/g, String(MAX_ID));
  return client.send(
    method,
    target,
    body === null ? undefined : {},
    body ? { 'content-type': body.type } : {},
  );
}

interface Body {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string }[];
}

async function expectScopeMissing(client: Client, operation: Operation, scope: Scope): Promise<void> {
  const { status, body } = await send(client, operation);
  expect([status, body]).toMatchObject([403, { code: 'scope_missing' }]);
  expect(body.detail).toContain(`\`${scope}\``);
}

describe('of every operation with a scope', () => {
  const clock = new TestClock();
  let application: TestApplication;
  let nobody: Client;
  let root: Client;
  let ann: Account;
  let expired: Client;
  let revoked: Client;
  /** A key for each scope: with all but the scope, and with the scope alone. */
  const without = new Map<Scope, Client>();
  const withOnly = new Map<Scope, Client>();

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT }, clock);
    nobody = new Client(application.url);
    root = nobody.with(ROOT);
    const expiring = await newKey(SCOPES, new Date(clock.now().getTime() + SOON * 1000));
    expired = expiring.client;
    clock.advance(SOON);
    const ending = await newKey(SCOPES);
    revoked = ending.client;
    await root.delete(`/api-keys/${ending.id}`);
    for (const scope of SCOPES) {
      without.set(scope, (await newKey(SCOPES.filter((other) => other !== scope))).client);
      withOnly.set(scope, (await newKey([scope])).client);
    }
    ann = await signUp(nobody, 'ann');
  });
  afterAll(async () => application.close());

  async function newKey(scopes: readonly Scope[], end: Date | null = null) {
    const key = { name: 'made', scopes: [...scopes], expires_at: end?.toISOString() ?? null };
    const { body } = await root.create('/api-keys', key);
    return { id: body.id, client: nobody.with(body.key) };
  }

  async function exchanged(scopes: readonly Scope[]): Promise<Client> {
    const body = { user_id: ann.id, scopes: [...scopes] };
    const { status, body: token } = await root.post('/auth/token-exchange', body);
    expect(status).toBe(200);
    return nobody.with(token.access_token);
  }

  function keyWithout(scope: Scope): Client {
    return without.get(scope) as Client;
  }

  test('there are more than twenty', () => {
    expect(ALL.length).toBeGreaterThan(20);
    expect(FOR_KEYS_ALONE.length).toBeGreaterThan(3);
  });

  test.each(ALL)('$name refuses a key without $scope, and names it', async ({ operation, scope }) => {
    await expectScopeMissing(keyWithout(scope), operation, scope);
  });

  test.each(ALL)('$name takes a key with $scope alone', async ({ operation, scope }) => {
    const { status, body } = await send(withOnly.get(scope) as Client, operation);
    expect([401, 403, 500].includes(status) ? body : null).toBeNull();
  });

  test.each(ALL)('$name refuses a key that is unknown, expired or revoked', async ({ operation }) => {
    for (const client of [nobody.with(`${ROOT}1`), expired, revoked, revoked.as(ann.id)]) {
      const { status, headers, body } = await send(client, operation);
      expect([status, body]).toMatchObject([401, { code: 'invalid_token' }]);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
    }
  });

  test.each(ALL)('$name refuses Act-As-User with the token of a person', async ({ operation }) => {
    const { status, body } = await send(ann.client.as(ann.id), operation);
    expect([status, body]).toMatchObject([400, { errors: [{ field: ACT_AS_USER }] }]);
  });

  test.each(ALL)('$name refuses Act-As-User without a token', async ({ operation }) => {
    const { status, body } = await send(nobody.as(ann.id), operation);
    expect([status, body]).toMatchObject([401, { code: 'token_required' }]);
  });

  test.each(FOR_PERSONS_TOO)('$name refuses a key that acts as a user without a scope', async (sent) => {
    const { operation, scope } = sent;
    await expectScopeMissing(keyWithout('act_as').as(ann.id), operation, 'act_as');
    await expectScopeMissing(keyWithout(scope).as(ann.id), operation, scope);
  });

  test.each(FOR_PERSONS_TOO)('$name refuses a key that acts as an unknown user', async ({ operation }) => {
    const { status, body } = await send(root.as(4711), operation);
    expect([status, body]).toMatchObject([404, { code: 'user_not_found' }]);
  });

  test.each(FOR_PERSONS_TOO)('$name refuses an exchanged token without $scope', async (sent) => {
    const { operation, scope } = sent;
    const client = await exchanged(SCOPES.filter((other) => other !== scope));
    await expectScopeMissing(client, operation, scope);
  });

  test.each(FOR_KEYS_ALONE)('$name refuses a person, and a key that acts as one', async ({ operation }) => {
    for (const client of [ann.client, root.as(ann.id), await exchanged(SCOPES)]) {
      const { status, body } = await send(client, operation);
      expect([status, body]).toMatchObject([403, { code: 'key_required' }]);
    }
  });

  test.each(FOR_KEYS_ALONE)('$name refuses a client without a token', async ({ operation }) => {
    const { status, body } = await send(nobody, operation);
    expect([status, body]).toMatchObject([401, { code: 'token_required' }]);
  });
});
