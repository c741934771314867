import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SCOPES } from '../../../src/access/scope.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { runScript } from '../../support/service/child-process.js';

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly complaint: string;
}

describe('the command that makes the first API key', () => {
  let application: TestApplication;

  beforeAll(async () => {
    application = await startTestApplication();
  });
  afterAll(async () => application.close());

  async function run(...args: string[]): Promise<Ended> {
    const script = runScript('scripts/api-key.js', args, { DATABASE_URL: application.database.url });
    return { code: await script.ended, output: script.output(), complaint: script.complaint() };
  }

  async function keysOf(key: string) {
    const { status, body } = await new Client(application.url).with(key).get('/api-keys');
    return { status, body };
  }

  test('prints the key alone, which the service accepts at once', async () => {
    const { code, output, complaint } = await run('create', '--name', 'backend', '--scopes', 'all');
    expect([code, complaint]).toEqual([0, '']);
    expect(output).toMatch(/^cal_[a-z0-9]{10}_[\w-]{43}\n$/);
    const { status, body } = await keysOf(output.trim());
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { name: 'backend', scopes: SCOPES, created_by_key_id: null, expires_at: null },
    ]);
  });

  test('gives the key the scopes that it is asked for', async () => {
    const { output } = await run('create', '--name', 'reader', '--scopes', 'users.read,keys.write');
    const { body } = await keysOf(output.trim());
    expect(body).toMatchObject([{ name: 'reader', scopes: ['users.read', 'keys.write'] }]);
  });

  test.each<[string, string[], RegExp]>([
    ['no command', [], /^Use: /],
    ['no name', ['create', '--scopes', 'all'], /^--name must not be empty/],
    ['no scopes', ['create', '--name', 'a'], /^--scopes must be "all" or a list/],
    ['an empty list', ['create', '--name', 'a', '--scopes', ''], /^--scopes must be "all" or a list/],
    ['an unknown scope', ['create', '--name', 'a', '--scopes', 'root'], /^--scopes must hold scopes/],
    [
      'a tenant that is no id',
      ['create', '--name', 'a', '--scopes', 'all', '--tenant', 'x'],
      /^--tenant must be an id/,
    ],
    [
      'a tenant that does not exist',
      ['create', '--name', 'a', '--scopes', 'all', '--tenant', '99'],
      /^There is no tenant 99/,
    ],
    ['an unknown option', ['create', '--key', 'a'], /--key/],
  ])('says what is wrong with %s, and makes no key', async (_, args, expected) => {
    const { code, output, complaint } = await run(...args);
    expect([code, output]).toEqual([1, '']);
    expect(complaint).toMatch(expected);
    expect(complaint).not.toMatch(/\n\s+at /);
  });
});
