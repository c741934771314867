import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ForeignDataError } from '../embedded-postgres-error.js';
import { expectOwnVersion } from './data-version.js';

describe('the version of the data', () => {
  let dataDir: string;
  let home: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'data-version-'));
    home = join(dataDir, 'postgres');
  });
  afterEach(async () => rm(dataDir, { recursive: true }));

  test('of a new directory is right', async () => {
    await expect(expectOwnVersion(dataDir, home)).resolves.toBeUndefined();
  });

  test('is right beside data of an earlier version', async () => {
    await makeData(join(home, '17', 'data'), '17');
    await makeData(join(home, '18', 'data'), '18');
    await expect(expectOwnVersion(dataDir, home)).resolves.toBeUndefined();
  });

  test('is the newest of several others', async () => {
    await makeData(join(home, '9', 'data'), '9');
    await makeData(join(home, '17', 'data'), '17');
    await expect(expectOwnVersion(dataDir, home)).rejects.toThrow('are of PostgreSQL 17, and');
  });

  test('is another one although the directory has the right name', async () => {
    await makeData(join(home, '18', 'data'), '16');
    await expect(expectOwnVersion(dataDir, home)).rejects.toThrow('are of PostgreSQL 16, and');
  });

  test("is that of another PostgreSQL's own directory", async () => {
    await makeData(dataDir, '15');
    const refusal = expectOwnVersion(dataDir, home);
    await expect(refusal).rejects.toThrow(ForeignDataError);
    await expect(refusal).rejects.toMatchObject({ version: '15' });
  });
});

async function makeData(directory: string, version: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'PG_VERSION'), `${version}\n`);
}
