import { execFileSync } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readdir, realpath, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  installBinaries,
  platformPackage,
  prepareServerHome,
} from '@calendar-backend/embedded-postgres/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newDataDir, query, removeDataDir, serverGone } from '../../support/database/data-directory.js';
import { runScript } from '../../support/service/child-process.js';

/** An account of the machine's that is not this process's; only root can run programs as another. */
const nobody = { uid: 65534, gid: 65534 };
const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip;

let directory: string;

beforeEach(async () => {
  directory = await newDataDir();
});

afterEach(async () => removeDataDir(directory));

/** Copies the platform's package as npm leaves it where scripts are disabled: without its links. */
async function packageWithoutLinks(root: string): Promise<string> {
  await cp(await platformPackage(), root, { recursive: true, verbatimSymlinks: true });
  const libraries = join(root, 'native', 'lib');
  for (const entry of await readdir(libraries, { withFileTypes: true }))
    if (entry.isSymbolicLink()) await unlink(join(libraries, entry.name));
  return root;
}

function versionOf(program: string): string {
  return execFileSync(program, ['--version'], { encoding: 'utf8' });
}

describe('the binaries of the embedded server', () => {
  test('run where the links of their package are missing', async () => {
    const root = await packageWithoutLinks(join(directory, 'package'));
    const binaries = await installBinaries(root, directory, {});
    expect(binaries.initdb).toBe(join(root, 'native', 'bin', 'initdb'));
    expect(versionOf(binaries.initdb)).toContain('PostgreSQL');
  });
});

describeAsRoot('the embedded server started by root', () => {
  test('runs a copy of binaries that its account cannot reach', async () => {
    const root = await packageWithoutLinks(join(directory, 'private', 'package'));
    await chmod(join(directory, 'private'), 0o700);
    const binaries = await installBinaries(root, directory, nobody);
    expect(dirname(binaries.postgres)).toMatch(/\/binaries-[^/]+\/native\/bin$/);
    expect(execFileSync(binaries.initdb, ['--version'], { ...nobody, cwd: '/', encoding: 'utf8' })).toContain(
      'PostgreSQL',
    );
    expect(await installBinaries(root, directory, nobody)).toEqual(binaries);
  });

  test('keeps its data elsewhere when its account cannot reach DATA_DIR', async () => {
    const dataDir = join(directory, 'private', 'data');
    await mkdir(join(directory, 'private'), { mode: 0o700 });
    const home = await prepareServerHome(dataDir, nobody);
    expect((await lstat(join(dataDir, 'postgres'))).isSymbolicLink()).toBe(true);
    expect(home).toMatch(/^\/var\/lib\/calendar-backend\//);
    expect(await prepareServerHome(dataDir, nobody)).toBe(home);
    await rm(home, { recursive: true });
    await expect(prepareServerHome(dataDir, nobody)).rejects.toThrow('points to a directory that is gone');
  });

  test('serves from a private DATA_DIR', async () => {
    const dataDir = join(directory, 'private', 'data');
    await mkdir(join(directory, 'private'), { mode: 0o700 });
    const script = runScript('test/support/database/embedded-server.js', [dataDir]);
    const url = await script.printed(/postgres:\S+/);
    expect(await query(url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await script.end('SIGTERM');
    await serverGone(dataDir);
    await removeDataDir(dataDir);
  });

  test('says so when data that exist are out of its reach', async () => {
    const dataDir = join(directory, 'data');
    const home = await prepareServerHome(dataDir, nobody);
    await chmod(directory, 0o700);
    await expect(prepareServerHome(dataDir, nobody)).rejects.toThrow(`cannot reach ${await realpath(home)}`);
  });
});
