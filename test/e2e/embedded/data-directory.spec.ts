import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ensureCluster,
  installBinaries,
  LOOPBACK_ADDRESS,
  launchPostmaster,
  platformPackage,
  prepareServerHome,
  SYSTEM_HOME,
  serverAccount,
  stopPostmaster,
} from '@calendar-backend/embedded-postgres/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startEmbeddedServer } from '../../../src/database/embedded-server.js';
import { storedSecret } from '../../../src/platform/secrets/stored-secret.js';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { UnusableDataDirectoryError } from '../../../src/platform/system/data-directory.js';
import { newDataDir, removeDataDir, serverGone } from '../../support/database/data-directory.js';
import { runScript } from '../../support/service/child-process.js';

/** An account that owns no file. */
const ACCOUNT = 1_234;
const AS_ACCOUNT = [`--reuid=${ACCOUNT}`, `--regid=${ACCOUNT}`, '--clear-groups'];

/** Only root runs programs as another account, which has to reach the project. */
const describeAsAccount = succeeds('setpriv', [...AS_ACCOUNT, 'test', '-r', import.meta.filename])
  ? describe
  : describe.skip;

/** Only root mounts file systems, and in a container not even root may. */
const describeWithMounts = succeeds('unshare', ['--mount', 'true']) ? describe : describe.skip;

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

const OTHERWISE = 'or set DATA_DIR to another directory.';

let directory: string;

beforeEach(async () => {
  directory = await newDataDir();
});
afterEach(async () => {
  await serverGone(directory);
  await removeDataDir(directory);
});

/** Why the embedded server does not start. */
async function refusal(dataDir: string): Promise<string> {
  const error: unknown = await startEmbeddedServer({ dataDir }).then(
    async (server) => server.stop(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UnusableDataDirectoryError);
  return (error as Error).message;
}

/** Mounts a file system in memory, and unmounts it after `work`. */
async function onFileSystem(options: string, work: (dataDir: string) => Promise<void>): Promise<void> {
  const place = join(directory, 'mounted');
  await mkdir(place);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `${options},mode=0711`, 'none', place]);
  try {
    await work(place);
  } finally {
    execFileSync('umount', [place]);
  }
}

describe('a DATA_DIR that cannot be used is refused in one sentence:', () => {
  test('a file', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    expect(await refusal(file)).toBe(
      `The service cannot use ${file} in DATA_DIR (EEXIST): remove the file that stands in the place of a directory, ${OTHERWISE}`,
    );
    expect(await refusal(join(file, 'data'))).toContain('(ENOTDIR): remove the file');
    await expect(storedSecret(file)).rejects.toThrow(
      `The service cannot use ${join(file, 'jwt-secret')} in DATA_DIR (ENOTDIR)`,
    );
  });

  test.each([
    ['17', '17'],
    // A directory of the right name with data of another version, as after a copy by hand.
    ['18', '17'],
  ])('data below %s that PostgreSQL %s made', async (folder, version) => {
    const home = await prepareServerHome(directory, await serverAccount(directory));
    const data = join(home, folder, 'data');
    await mkdir(data, { recursive: true });
    await writeFile(join(data, 'PG_VERSION'), `${version}\n`);
    expect(await refusal(directory)).toBe(
      `The data in ${home} are of PostgreSQL ${version}, and the embedded server is PostgreSQL 18: ` +
        `start the version of the service that made them, ${OTHERWISE}`,
    );
  });

  test("another PostgreSQL's own data directory", async () => {
    await writeFile(join(directory, 'PG_VERSION'), '16\n');
    expect(await refusal(directory)).toBe(
      'DATA_DIR names the data directory of a PostgreSQL 16 of its own: set DATA_DIR to another directory, ' +
        'or DATABASE_URL to that server.',
    );
  });

  test('data that another server uses', async () => {
    const account = await serverAccount(directory);
    const home = await prepareServerHome(directory, account);
    const binaries = await installBinaries(
      await platformPackage(),
      account.uid === undefined ? home : SYSTEM_HOME,
      account,
    );
    const { dataDirectory } = await ensureCluster(home, binaries, account);
    // By another path, so that it is not taken for a server of the service.
    const path = join(directory, 'elsewhere');
    await symlink(dataDirectory, path);
    const other = { dataDirectory: path, binaries, account, logFile: join(home, 'other.log'), settings: {} };
    expect(await launchPostmaster(other, await bindablePort(0, LOOPBACK_ADDRESS))).toBe(true);
    expect(await refusal(directory)).toBe(
      `The embedded PostgreSQL does not start on the data in ${dataDirectory} (lock file "postmaster.pid" already exists): ` +
        `stop the other server that uses the data, ${OTHERWISE}`,
    );
    stopPostmaster(other);
  });

  test('data without the password of their server, or with another one', async () => {
    const server = await startEmbeddedServer({ dataDir: directory });
    await server.stop();
    const password = join(directory, 'postgres', '18', 'password');
    await writeFile(password, 'another');
    expect(await refusal(directory)).toContain('): restore the file password beside the data, or set');
    await rm(password);
    expect(await refusal(directory)).toContain('lack the password of the server: restore them from a backup');
  });
});

describeWithMounts('a DATA_DIR is refused in one sentence on', () => {
  test('a file system that is read-only', async () => {
    await onFileSystem('ro', async (dataDir) => {
      expect(await refusal(dataDir)).toBe(
        `The service cannot use ${join(dataDir, 'postgres')} in DATA_DIR (EROFS): mount its file system for writing, ${OTHERWISE}`,
      );
      await expect(storedSecret(dataDir)).rejects.toThrow('(EROFS): mount its file system for writing');
    });
  });

  test('a full disk', async () => {
    await onFileSystem('size=1m', async (dataDir) => {
      expect(await refusal(dataDir)).toMatch(
        /^The embedded PostgreSQL cannot make its data directory \S+ \(.+No space left on device\): make room on the disk, or set/,
      );
      await writeFile(join(dataDir, 'fill'), Buffer.alloc(2 ** 20)).catch(() => undefined);
      await expect(storedSecret(dataDir)).rejects.toThrow(/\(ENOSPC\): make room on its disk, or set/);
    });
  });
});

describeAsAccount('a DATA_DIR is refused in one sentence if it is', () => {
  test('data of another account', async () => {
    const home = join(directory, 'postgres', '18');
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'password'), 'secret');
    await chmod(home, 0o700);
    await chown(directory, 65_534, 65_534);
    expect(await asAccount(directory)).toMatch(
      /^The data in \S+ belong to another account: start the service as the account that made them, or set/,
    );
    expect((await stat(home)).uid).toBe(0);
  });

  test('a directory that the account may not write', async () => {
    expect(await asAccount(directory)).toMatch(
      /^The service cannot use \S+ in DATA_DIR \(EACCES\): let the account of the service read and write it, or set/,
    );
  });
});

describeOnLinux('a DATA_DIR is refused in one sentence if it is', () => {
  test('a place in which nothing can be made', async () => {
    expect(await refusal('/proc/calendar/data')).toBe(
      `The service cannot use /proc/calendar in DATA_DIR (ENOENT): create the directory above it, ${OTHERWISE}`,
    );
  });

  test('such a place, and the process ends with 1', async () => {
    const service = runScript('src/main.js', [], { PORT: '0', DATA_DIR: '/proc/calendar' });
    expect(await service.ended).toBe(1);
    expect(service.complaint()).toBe(
      `The service cannot use /proc/calendar in DATA_DIR (ENOENT): create the directory above it, ${OTHERWISE}\n`,
    );
    expect(service.output()).toBe('');
  });
});

/** The standard error of an embedded server that fails to start, as an account that owns no file. */
async function asAccount(dataDir: string): Promise<string> {
  const script = runScript('test/support/database/embedded-server.js', [dataDir], {}, (command) => [
    'setpriv',
    [...AS_ACCOUNT, ...command],
  ]);
  await script.ended;
  return /UnusableDataDirectoryError: (.+)/.exec(script.complaint())?.[1] ?? script.complaint();
}

function succeeds(program: string, args: string[]): boolean {
  return spawnSync(program, args).status === 0;
}
