import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MAX_METADATA_KEYS, MAX_METADATA_VALUE_LENGTH } from '../../../src/platform/values/metadata.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-first-key-of-the-tests-0123456789-0123456789';
const AT_ONCE = 8;
/** Names that every object inherits. */
const INHERITED = ['constructor', 'hasOwnProperty', 'toString', 'valueOf', '__proto__'];

interface WithMetadata {
  readonly id: number;
  readonly version: number;
  readonly metadata: Record<string, string>;
  readonly errors: readonly { readonly field: string }[];
}

function keys(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, `${index}`]));
}

describe('metadata', () => {
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let made = 0;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
  });
  afterAll(async () => application.close());

  function bodyOf(kind: string, metadata: unknown) {
    made += 1;
    return kind === 'users'
      ? { name: 'Olya', email: `olya${made}@example.com`, metadata }
      : {
          title: 'Review',
          start_date: '2026-07-01T09:00:00Z',
          duration: 60,
          organizer_user_id: ann.id,
          invited_user_ids: [bob.id],
          metadata,
        };
  }

  async function send(method: string, path: string, body: unknown, client = backend) {
    const answered = await client.send(method, path, body);
    return { status: answered.status, body: answered.body as unknown as WithMetadata };
  }

  async function create(kind: string, metadata: unknown): Promise<WithMetadata> {
    const { status, body } = await send('POST', `/${kind}`, bodyOf(kind, metadata));
    if (status !== 201) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return body;
  }

  describe.each(['events', 'users'])('of %s', (kind) => {
    test.each<[Record<string, string>, unknown, Record<string, string>]>([
      [
        { a: '1', b: '2' },
        { b: '3', c: '' },
        { a: '1', b: '3', c: '' },
      ],
      [{ a: '1', b: '2' }, { a: null, z: null }, { b: '2' }],
      [{ a: '1' }, {}, { a: '1' }],
      [{ a: '1' }, null, {}],
    ])('%j and a change by %j are %j', async (before, patch, after) => {
      const { id } = await create(kind, before);
      const { status, body } = await send('PATCH', `/${kind}/${id}`, { metadata: patch });
      expect([status, body.metadata]).toEqual([200, after]);
      expect((await send('GET', `/${kind}/${id}`, undefined)).body.metadata).toEqual(after);
    });

    test('of a creation have no key with null', async () => {
      expect((await create(kind, { a: 'x', b: null })).metadata).toEqual({ a: 'x' });
      expect((await create(kind, null)).metadata).toEqual({});
    });

    test('take every name of the pattern, those of every object too', async () => {
      const names = [...INHERITED, 'prototype', '0', '.', '-_.Az9', 'k'.repeat(64)];
      const metadata = `{${names.map((name) => `${JSON.stringify(name)}:"x"`).join(',')}}`;
      const text = JSON.stringify(bodyOf(kind, 'M')).replace('"M"', metadata);
      const { status, body } = await send('POST', `/${kind}`, text);
      expect([status, Object.keys(body.metadata).toSorted()]).toEqual([201, names.toSorted()]);
      const removed = await send('PATCH', `/${kind}/${body.id}`, '{"metadata":{"__proto__":null}}');
      expect(Object.keys(removed.body.metadata)).toHaveLength(names.length - 1);
    });

    test.each(INHERITED)('are created with a key %s', async (name) => {
      const metadata = `{${JSON.stringify(name)}:"x"}`;
      const text = JSON.stringify(bodyOf(kind, 'M')).replace('"M"', metadata);
      const { status, body } = await send('POST', `/${kind}`, text);
      expect([status, JSON.stringify(body.metadata)]).toEqual([201, metadata]);
    });

    test.each(INHERITED)('change, and are read again, with a key %s', async (name) => {
      const { id } = await create(kind, { a: '1' });
      const named = (text: string | null) => `{"metadata":{${JSON.stringify(name)}:${JSON.stringify(text)}}}`;
      for (const text of ['x', 'y', 'y', null]) {
        const { status, body } = await send('PATCH', `/${kind}/${id}`, named(text));
        const expected = [['a', '1'], ...(text === null ? [] : [[name, text]])];
        expect([status, Object.entries(body.metadata)]).toEqual([200, expected]);
        const read = await send('GET', `/${kind}/${id}`, undefined);
        expect(Object.entries(read.body.metadata)).toEqual(expected);
      }
    });

    test('have as many keys and as long texts as possible', async () => {
      const full = { ...keys(MAX_METADATA_KEYS - 1), long: 'x'.repeat(MAX_METADATA_VALUE_LENGTH) };
      const { id, metadata } = await create(kind, full);
      expect(metadata).toEqual(full);
      // One may go for another.
      const { body } = await send('PATCH', `/${kind}/${id}`, { metadata: { key0: null, other: '' } });
      expect(Object.keys(body.metadata)).toHaveLength(MAX_METADATA_KEYS);
    });

    test('beyond the number of keys are refused, and nothing changes', async () => {
      const refused = await send('POST', `/${kind}`, bodyOf(kind, keys(MAX_METADATA_KEYS + 1)));
      expect([refused.status, refused.body.errors[0].field]).toEqual([
        400,
        `metadata.key${MAX_METADATA_KEYS}`,
      ]);
      const { id } = await create(kind, keys(MAX_METADATA_KEYS));
      const before = await send('GET', `/${kind}/${id}`, undefined);
      const changed = await send('PATCH', `/${kind}/${id}`, { metadata: { key1: '', other: 'x' } });
      expect([changed.status, changed.body.errors[0].field]).toEqual([400, 'metadata.other']);
      expect(await send('GET', `/${kind}/${id}`, undefined)).toEqual(before);
    });

    test.each<[string, unknown, string]>([
      ['a longer text', { case_id: 'x'.repeat(MAX_METADATA_VALUE_LENGTH + 1) }, 'metadata.case_id'],
      ['a number', { ok: 'x', case_id: 42 }, 'metadata.case_id'],
      ['an object', { case_id: {} }, 'metadata.case_id'],
      ['NUL', { case_id: 'a\0' }, 'metadata.case_id'],
      ['a lone surrogate', { case_id: '\ud800' }, 'metadata.case_id'],
      ['a space in a name', { 'case id': 'x' }, 'metadata.case id'],
      ['a longer name', { ['k'.repeat(65)]: 'x' }, `metadata.${'k'.repeat(64)}`],
      ['an empty name', { '': 'x' }, 'metadata.'],
      ['a list', ['x'], 'metadata'],
      ['a text', 'x', 'metadata'],
    ])('with %s are refused at the key', async (_, metadata, field) => {
      const { id } = await create(kind, { a: '1' });
      for (const [method, path, body] of [
        ['POST', `/${kind}`, bodyOf(kind, metadata)],
        ['PATCH', `/${kind}/${id}`, { metadata }],
      ] as const) {
        const refused = await send(method, path, body);
        expect([refused.status, refused.body.errors.map((error) => error.field)]).toEqual([400, [field]]);
      }
      expect((await send('GET', `/${kind}/${id}`, undefined)).body.metadata).toEqual({ a: '1' });
    });

    test('lose no key to changes at the same time', async () => {
      const { id } = await create(kind, {});
      const named = Object.entries(keys(AT_ONCE));
      await Promise.all(
        named.map(async ([key, text]) => send('PATCH', `/${kind}/${id}`, { metadata: { [key]: text } })),
      );
      expect((await send('GET', `/${kind}/${id}`, undefined)).body.metadata).toEqual(keys(AT_ONCE));
    });
  });

  test('of an event are changed by its organizer, and by nobody else', async () => {
    const { id } = await create('events', { a: '1' });
    const change = { metadata: { a: '2' } };
    expect((await send('PATCH', `/events/${id}`, change, bob.client)).status).toBe(403);
    const { body } = await send('PATCH', `/events/${id}`, change, ann.client);
    expect([body.metadata, body.version]).toEqual([{ a: '2' }, 2]);
  });

  test('of a user are changed by the user, and by no other person', async () => {
    const change = { metadata: { team: 'a' } };
    expect((await send('PATCH', `/users/${ann.id}`, change, ann.client)).body.metadata).toEqual({
      team: 'a',
    });
    expect((await send('PATCH', `/users/${ann.id}`, change, bob.client)).status).toBe(403);
  });
});
