import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { syncedList } from '../../support/client/incremental-list.js';
import { createUsers } from '../../support/client/users.js';
import { blocksOf, withAddress } from '../../support/documents/readme.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const KEY = 'cal_the-key-of-the-mirror-0123456789-0123456789';

interface Copy {
  readonly token: string;
  readonly events: Readonly<Record<string, { readonly id: number }>>;
}

describe('the program of the README that keeps a copy', () => {
  let application: TestApplication;
  let backend: Client;
  let organizer: number;
  let proxy: Server;
  let directory: string;
  /** Whether the next request for a second page fails. */
  let failing = false;

  beforeAll(async () => {
    application = await startTestApplication({ AUTH_MODE: 'required', BOOTSTRAP_API_KEY: KEY });
    backend = new Client(application.url).with(KEY);
    [organizer] = await createUsers(backend, 1);
    proxy = createServer((request, response) => {
      const fails = failing && (request.url ?? '').includes('page_token');
      if (fails) response.writeHead(500).end();
      else void forward(request.url ?? '', request.headers.authorization ?? '', response);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    proxy.close();
    await application.close();
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'calendar-mirror-'));
    const [program = ''] = await blocksOf('Keep a copy in sync', 'js');
    const { port } = proxy.address() as AddressInfo;
    await writeFile(join(directory, 'mirror.mjs'), withAddress(program, `http://127.0.0.1:${port}`));
  });
  afterEach(async () => rm(directory, { recursive: true }));

  async function forward(
    path: string,
    authorization: string,
    response: {
      writeHead: (status: number, headers: Record<string, string>) => { end: (body: string) => void };
    },
  ): Promise<void> {
    const answer = await fetch(application.url + path, { headers: { authorization } });
    const kept = ['link', 'sync-token'].flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    response.writeHead(answer.status, Object.fromEntries(kept)).end(await answer.text());
  }

  const run = async (): Promise<string> => {
    const [command = ''] = await blocksOf('Keep a copy in sync', 'sh');
    const { stdout } = await promisify(execFile)('bash', ['-c', command.replace('cal_…', KEY)], {
      cwd: directory,
    });
    return stdout;
  };
  const stored = async (): Promise<Copy> =>
    JSON.parse(await readFile(join(directory, 'mirror.json'), 'utf8'));
  const expectEqual = async (): Promise<void> =>
    expect(Object.values((await stored()).events)).toEqual((await syncedList(backend, '/changes')).items);

  async function add(count: number): Promise<number[]> {
    const requests = Array.from({ length: count }, (_, index) => ({
      title: `Event ${index}`,
      organizer_user_id: organizer,
      start_date: '2126-03-04T09:00:00Z',
      duration: 3_600,
    }));
    const { body } = await backend.post('/events:batch-create', { requests });
    return body.events.map(({ id }) => id);
  }

  test('follows creations, changes and deletions', async () => {
    const [changed, deleted] = await add(3);
    expect(await run()).toMatch(/^\d+ events\n$/);
    await expectEqual();
    await backend.patch(`/events/${changed}`, { title: 'Changed' });
    await backend.delete(`/events/${deleted}`);
    await add(1);
    await run();
    await expectEqual();
    expect((await stored()).events).not.toHaveProperty(String(deleted));
  });

  test('drops what a full list does not name, after a token has expired', async () => {
    const [id] = await add(1);
    await run();
    const copy = await stored();
    const ghost = { ...copy.events[id], id: 999_999 };
    await writeFile(
      join(directory, 'mirror.json'),
      JSON.stringify({ token: 'torn', events: { ...copy.events, 999_999: ghost } }),
    );
    await run();
    await expectEqual();
  });

  test('keeps its token if a page fails, and gets the changes again', async () => {
    for (let batch = 0; batch < 3; batch += 1) await add(100);
    await run();
    const before = await stored();
    const { items } = await syncedList(backend, '/changes');
    for (let from = 0; from < items.length; from += 100) {
      const requests = items.slice(from, from + 100).map(({ id }) => ({ id, location: 'Room 5' }));
      expect((await backend.post('/events:batch-update', { requests })).status).toBe(200);
    }
    failing = true;
    await expect(run()).rejects.toThrow('500');
    expect(await stored()).toEqual(before);
    failing = false;
    await run();
    await expectEqual();
  });
});
