import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

async function runWith(environment: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  const script = runScript('scripts/api-key.js', args, environment);
  return { code: await script.ended, output: script.output(), complaint: script.complaint() };
}

describe('the command that makes the first API key', () => {
  let application: TestApplication;

  beforeAll(async () => {
    application = await startTestApplication();
  });
  afterAll(async () => application.close());

  async function run(...args: string[]): Promise<Ended> {
    return runWith({ DATABASE_URL: application.database.url }, ...args);
  }

  async function keysOf(key: string) {
    const { status, body } = await new Client(application.url).with(key).get('/api-keys');
    return { status, body };
  }

  test('prints the key alone, which the service accepts at once, and names the database beside it', async () => {
    const { code, output, complaint } = await run('create', '--name', 'backend', '--scopes', 'all');
    const { host, pathname } = new URL(application.database.url);
    expect([code, complaint]).toEqual([0, `The key is in the database ${pathname.slice(1)} at ${host}.\n`]);
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

  test('names the data folder of a service without DATABASE_URL', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'calendar-key-'));
    try {
      const environment = { DATA_DIR: directory };
      const { code, output, complaint } = await runWith(
        environment,
        'create',
        '--name',
        'a',
        '--scopes',
        'all',
      );
      expect([code, complaint]).toEqual([0, `The key is in the database of the data folder ${directory}.\n`]);
      expect(output).toMatch(/^cal_/);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  test.each([['--help'], ['create', '--help']])('prints its usage with %s %s', async (...args) => {
    // Without a database: the command needs none to explain itself.
    const { code, output, complaint } = await runWith(
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' },
      ...args,
    );
    expect([code, complaint]).toEqual([0, '']);
    expect(output).toMatch(/^Use: [^]*DATABASE_URL[^]*DATA_DIR/);
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
