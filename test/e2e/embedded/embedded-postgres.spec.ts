import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serverAccount } from '@calendar-backend/embedded-postgres/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import {
  eventually,
  newDataDir,
  postmasterOf,
  query,
  removeDataDir,
  serverGone,
} from '../../support/database/data-directory.js';
import { childrenOf, type RunningScript, runScript } from '../../support/service/child-process.js';

/** Processes are looked up under /proc. */
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

let dataDir: string;
let started: RunningScript[];
let negligentParents: ChildProcess[];

beforeEach(async () => {
  dataDir = await newDataDir();
  started = [];
  negligentParents = [];
});

afterEach(async () => {
  await Promise.all(started.map(async (script) => script.end('SIGKILL')));
  negligentParents.forEach((parent) => parent.kill());
  await serverGone(dataDir);
  await removeDataDir(dataDir);
});

/** Starts a process that uses the server of `dataDir`, and gives it with the address of that server. */
async function startUser(): Promise<{ script: RunningScript; url: string }> {
  const script = runScript('test/support/database/embedded-server.js', [dataDir]);
  started.push(script);
  return { script, url: await script.printed(/postgres:\S+/) };
}

async function postmasterPid(): Promise<number> {
  const postmaster = await postmasterOf(dataDir);
  if (!postmaster) throw new Error('No server runs.');
  return postmaster.pid;
}

/** Commits the numbers from 1 on, one by one, until the connection fails; resolves to the last acknowledged. */
async function commitUntilCutOff(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  let acknowledged = 0;
  try {
    for (;;) {
      await client.query('INSERT INTO acknowledged VALUES ($1)', [acknowledged + 1]);
      acknowledged += 1;
    }
  } catch {
    return acknowledged;
  }
}

async function committed(url: string): Promise<number> {
  const [row] = await query<{ count: number }>(url, 'SELECT count(*)::int AS count FROM acknowledged');
  return row?.count ?? 0;
}

describe('the embedded server', () => {
  test('keeps its data when it is stopped and started again', async () => {
    const first = await startUser();
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS value');
    expect(await first.script.end('SIGTERM')).toBe(0);
    expect(await postmasterOf(dataDir)).toBeNull();
    const second = await startUser();
    expect(await query(second.url, 'SELECT value FROM kept')).toEqual([{ value: 1 }]);
  });

  test('writes to the disk before it acknowledges', async () => {
    const { url } = await startUser();
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
      expect(await query(url, `SHOW ${setting}`)).toEqual([{ [setting]: 'on' }]);
  });

  test('lets nobody in without the password', async () => {
    const { url } = await startUser();
    const stranger = new URL(url);
    stranger.password = 'guessed';
    await expect(query(stranger.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('is stopped when its user is killed', async () => {
    const { script } = await startUser();
    await script.end('SIGKILL');
    await serverGone(dataDir);
    expect(await postmasterOf(dataDir)).toBeNull();
  });

  test('serves a second process on the same data until the last one ends', async () => {
    const first = await startUser();
    const second = await startUser();
    expect(second.url).toBe(first.url);
    await first.script.end('SIGTERM');
    expect(await query(second.url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await second.script.end('SIGTERM');
    // The guardian of the first process may be the one that stops the server, a moment later.
    await eventually(async () => (await postmasterOf(dataDir)) === null);
  });

  test('is one for processes that start at once on new data', async () => {
    const users = await Promise.all([startUser(), startUser(), startUser()]);
    expect(new Set(users.map(({ url }) => url)).size).toBe(1);
  });

  test('comes back at its address when it dies', async () => {
    const { url } = await startUser();
    await query(url, 'CREATE TABLE acknowledged (value int)');
    const load = commitUntilCutOff(url);
    await eventually(async () => (await committed(url)) > 50);
    process.kill(await postmasterPid(), 'SIGKILL');
    const acknowledged = await load;
    await eventually(async () => (await postmasterOf(dataDir))?.ready ?? false);
    await eventually(async () =>
      committed(url).then(
        () => true,
        () => false,
      ),
    );
    expect(await committed(url)).toBeGreaterThanOrEqual(acknowledged);
  });
});

describeOnLinux('the embedded server after a crash', () => {
  test('loses nothing acknowledged when it, its user and the guardian are killed', async () => {
    const { script, url } = await startUser();
    await query(url, 'CREATE TABLE acknowledged (value int)');
    const load = commitUntilCutOff(url);
    await eventually(async () => (await committed(url)) > 50);
    const victims = [...(await childrenOf(script.pid, 'guardian.js')), script.pid, await postmasterPid()];
    expect(victims).toHaveLength(3);
    for (const pid of victims) process.kill(pid, 'SIGKILL');
    const acknowledged = await load;
    const next = await startUser();
    expect(await committed(next.url)).toBeGreaterThanOrEqual(acknowledged);
  });

  test('starts over the zombie of a server before it', async () => {
    const first = await startUser();
    const { data, postgres } = await commandOfServer();
    await first.script.end('SIGTERM');
    const negligent = await startWithNegligentParent(postgres, data);
    await eventually(async () => (await postmasterOf(dataDir)) !== null);
    const pid = await postmasterPid();
    process.kill(pid, 'SIGKILL');
    await eventually(async () => /^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8')));
    const { url } = await startUser();
    expect(await query(url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    expect(negligent.exitCode).toBeNull();
  });

  test('starts over the file of a server whose number another process has', async () => {
    const first = await startUser();
    const { data } = await commandOfServer();
    const file = await readFile(join(data, 'postmaster.pid'), 'utf8');
    await first.script.end('SIGTERM');
    await writeFile(join(data, 'postmaster.pid'), file.replace(/^\d+/, String(process.pid)), { mode: 0o600 });
    const { url } = await startUser();
    expect(await query(url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
  });
});

/** The program that runs on `dataDir`, and the directory it was given. */
async function commandOfServer(): Promise<{ postgres: string; data: string }> {
  const [postgres = '', , data = ''] = (
    await readFile(`/proc/${await postmasterPid()}/cmdline`, 'utf8')
  ).split('\0');
  return { postgres, data };
}

/** Starts a server whose parent never reaps it: the shell that started it becomes a `sleep`. */
async function startWithNegligentParent(postgres: string, data: string): Promise<ChildProcess> {
  const port = await bindablePort(0, '127.0.0.1');
  const command = '"$1" -D "$2" -c port="$3" -c unix_socket_directories= & exec sleep 60';
  const parent = spawn('/bin/sh', ['-c', command, 'sh', postgres, data, String(port)], {
    ...(await serverAccount(data)),
    cwd: '/',
    stdio: 'ignore',
  });
  negligentParents.push(parent);
  return parent;
}
