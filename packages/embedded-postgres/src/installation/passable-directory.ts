import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../error-code.js';

/**
 * Makes a directory, and those above it, that others may pass through and not list. Directories that exist keep their mode.
 * Node's own recursion never ends below a directory such as /proc, in which nothing can be made.
 */
export async function makePassableDirectory(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await makePassableDirectory(dirname(path));
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
    await chmod(path, 0o711);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  }
}
