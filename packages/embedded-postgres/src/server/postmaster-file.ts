import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../error-code.js';

/** The content of `postmaster.pid`, which a server writes. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
  /** The System V segment that the server's backends hold while they run; 0 if the file does not name it yet. */
  readonly sharedMemoryId: number;
}

/** The server that runs on a data directory; null if none runs. */
export async function livePostmaster(dataDirectory: string): Promise<Postmaster | null> {
  const postmaster = await readPostmasterFile(dataDirectory);
  return postmaster && (await isPostmaster(postmaster.pid, dataDirectory)) ? postmaster : null;
}

/**
 * Removes the file of a server that has ended, if PostgreSQL would count the server as running: its process is a
 * zombie, or its number belongs to another process. Backends that outlive the server still write to the data, so the
 * file stays while a backend holds the shared memory.
 */
export async function removeStalePostmasterFile(dataDirectory: string): Promise<void> {
  const postmaster = await readPostmasterFile(dataDirectory);
  if (!postmaster || (await isPostmaster(postmaster.pid, dataDirectory))) return;
  if (await isSharedMemoryFree(postmaster.sharedMemoryId))
    await unlink(join(dataDirectory, 'postmaster.pid')).catch(() => undefined);
}

async function readPostmasterFile(dataDirectory: string): Promise<Postmaster | null> {
  const content = await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, , , sharedMemory, status] = content.split('\n');
  if (!pid) return null;
  return {
    pid: Number(pid),
    port: Number(port),
    ready: status?.trim() === 'ready',
    sharedMemoryId: Number(sharedMemory?.trim().split(/\s+/)[1] ?? 0),
  };
}

async function isPostmaster(pid: number, dataDirectory: string): Promise<boolean> {
  if (!exists(pid)) return false;
  if (process.platform !== 'linux') return true;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  // A zombie's command line is empty.
  return command.split('\0').includes(dataDirectory);
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Known on Linux alone. On other systems PostgreSQL decides about the file itself. */
async function isSharedMemoryFree(id: number): Promise<boolean> {
  const segments = await readFile('/proc/sysvipc/shm', 'utf8').catch(() => null);
  if (segments === null) return false;
  const rows = segments
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const [shmid, attached] = [rows[0]?.indexOf('shmid') ?? -1, rows[0]?.indexOf('nattch') ?? -1];
  const segment = rows.find((row) => Number(row[shmid]) === id);
  return segment === undefined || Number(segment[attached]) === 0;
}
