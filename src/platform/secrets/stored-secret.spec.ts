import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { storedSecret } from './stored-secret.js';

describe('the stored secret', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'calendar-secret-'));
  });
  afterEach(async () => rm(directory, { recursive: true }));

  test('is created once, and only its owner can read it', async () => {
    const dataDir = join(directory, 'data');
    const secret = await storedSecret(dataDir);
    expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(48);
    expect(await storedSecret(dataDir)).toBe(secret);
    expect((await stat(join(dataDir, 'jwt-secret'))).mode & 0o777).toBe(0o600);
  });

  test('is the same for instances that start together', async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, async () => storedSecret(directory)));
    expect(new Set(secrets).size).toBe(1);
    expect(await readdir(directory)).toEqual(['jwt-secret']);
  });

  test('is refused if the file is too short', async () => {
    await writeFile(join(directory, 'jwt-secret'), 'half of it');
    await expect(storedSecret(directory)).rejects.toThrow(/jwt-secret/);
  });
});
