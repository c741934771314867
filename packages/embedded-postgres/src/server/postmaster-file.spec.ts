import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { livePostmaster, removeStalePostmasterFile } from './postmaster-file.js';

/** Larger than any process id. */
const NO_PROCESS = 4_194_305;

/** Elsewhere the file cannot be compared with the command line of its process. */
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describe('the file of a server', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'postmaster-file-'));
  });
  afterEach(async () => rm(directory, { recursive: true }));

  async function write(pid: number): Promise<void> {
    const lines = [pid, directory, 1_763_856_000, 54_321, '', '127.0.0.1', '  5432001         0', 'ready   '];
    await writeFile(join(directory, 'postmaster.pid'), `${lines.join('\n')}\n`);
  }

  test('is missing: no server runs', async () => {
    expect(await livePostmaster(directory)).toBeNull();
  });

  test('names a process that has ended: no server runs', async () => {
    await write(NO_PROCESS);
    expect(await livePostmaster(directory)).toBeNull();
  });

  describeOnLinux('names a process of another program', () => {
    test('no server runs, and the file is removed', async () => {
      await write(process.pid);
      expect(await livePostmaster(directory)).toBeNull();
      await removeStalePostmasterFile(directory);
      expect(await readdir(directory)).toEqual([]);
    });
  });
});
