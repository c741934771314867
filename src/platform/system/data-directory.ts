import { resolve } from 'node:path';
import { ConfigurationError } from '../configuration/environment/configuration-error.js';
import { errorCode } from '../error-code.js';

/** DATA_DIR cannot be used as it is. The message is one sentence with the remedy. */
export class UnusableDataDirectoryError extends ConfigurationError {}

/** Remedies by the error code of the file system. */
const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'let the account of the service read and write it',
  EPERM: 'let the account of the service read and write it',
  EROFS: 'mount its file system for writing',
  ENOTDIR: 'remove the file that stands in the place of a directory',
  EEXIST: 'remove the file that stands in the place of a directory',
  ENOENT: 'create the directory above it',
  ENOSPC: 'make room on its disk',
  EDQUOT: 'make room on its disk',
  EIO: 'check its disk',
  ELOOP: 'check its symbolic links',
  ENAMETOOLONG: 'shorten its name',
};

/** Calls of the system that name no file of DATA_DIR. */
const OTHER_CALLS = /^(?:spawn|connect|listen|bind|getaddrinfo)/;

/**
 * Runs work on the files of DATA_DIR.
 * @throws {UnusableDataDirectoryError} if the file system refuses
 */
export async function inDataDirectory<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const remedy = REMEDIES[errorCode(error) ?? ''];
    const { syscall = '', path = resolve(dataDir), code } = error as NodeJS.ErrnoException;
    if (remedy === undefined || syscall === '' || OTHER_CALLS.test(syscall)) throw error;
    throw new UnusableDataDirectoryError(
      `The service cannot use ${path} in DATA_DIR (${code}): ${remedy}, or set DATA_DIR to another directory.`,
      { cause: error },
    );
  }
}
