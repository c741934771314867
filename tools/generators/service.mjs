import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const START_MS = 60_000;
const LOG_MS = 30_000;

/** Starts the built service with its embedded PostgreSQL on new data. */
export async function startService() {
  const data = await mkdtemp(join(tmpdir(), 'calendar-generators-'));
  // PostgreSQL may run under another account, which must be able to enter the folder.
  await chmod(data, 0o711);
  const port = await freePort();
  const { DATABASE_URL: _, NODE_ENV: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: { ...inherited, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: data, AUTH_MODE: 'optional' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let log = '';
  child.stdout.on('data', (chunk) => {
    log += chunk;
  });
  const baseUrl = `http://127.0.0.1:${port}`;

  async function stop() {
    child.kill('SIGTERM');
    await closed;
    // Under root, the service keeps the data of PostgreSQL elsewhere and links to them.
    const home = await realpath(join(data, 'postgres')).catch(() => null);
    if (home !== null) await rm(home, { recursive: true, force: true });
    await rm(data, { recursive: true, force: true });
  }

  try {
    await until(START_MS, 'The service is not ready.', async () => {
      if (child.exitCode !== null) throw new Error(`The service has ended:\n${log}`);
      return (await fetch(`${baseUrl}/health/ready`).catch(() => null))?.ok === true;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    baseUrl,
    stop,
    /** Waits for the log line of a reminder of the user. */
    reminderOf: async (userId) =>
      until(LOG_MS, `The log has no reminder of user ${userId}.`, () =>
        log
          .split('\n')
          .some((line) => line.includes('"msg":"reminder"') && line.includes(`"user_id":${userId},`)),
      ),
  };
}

async function until(ms, failure, isSo) {
  const deadline = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(failure);
    await sleep(100);
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
