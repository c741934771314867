import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makePassableDirectory } from '@calendar-backend/embedded-postgres';
import { errorCode } from '../error-code.js';
import { inDataDirectory, UnusableDataDirectoryError } from '../system/data-directory.js';

const SECRET_BYTES = 48;

/**
 * The signing secret in the file `jwt-secret` of `dataDir`, which only the owner of the process can read. Creates the
 * file if there is none.
 * @throws {UnusableDataDirectoryError}
 */
export async function storedSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'jwt-secret');
  return inDataDirectory(dataDir, async () => (await read(path)) ?? make(dataDir, path));
}

async function read(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const secret = text.trim();
  if (Buffer.byteLength(secret) < SECRET_BYTES) {
    throw new UnusableDataDirectoryError(
      `${path} does not hold the secret that the service wrote there: remove the file, and the service makes another one.`,
    );
  }
  return secret;
}

/** Creates the file by a link, so that instances that start together use one secret, and none reads half a file. */
async function make(dataDir: string, path: string): Promise<string> {
  await makePassableDirectory(resolve(dataDir));
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(SECRET_BYTES).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  return (await read(path)) as string;
}
