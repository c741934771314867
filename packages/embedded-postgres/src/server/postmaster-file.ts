import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../error-code.js';

/** What `postmaster.pid` says of the server that made it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
  /** The System V segment that its backends hold while any lives; 0 where none is named yet. */
  readonly sharedMemoryId: number;
}

/** The server that runs on a data directory, or null where none does. */
export async function livePostmaster(dataDirectory: string): Promise<Postmaster | null> {
  const postmaster = await readPostmasterFile(dataDirectory);
  return postmaster && (await isPostmaster(postmaster.pid, dataDirectory)) ? postmaster : null;
}

/**
 * Removes the file of a server that is gone, where PostgreSQL would take it for alive: its process is a
 * zombie that nobody reaps, or its number went to another process. Backends that outlive it still write
 * to the data, so while any holds the shared memory the file stays.
 */
export async function removeStalePostmasterFile(dataDirectory: string): Promise<void> {
  const postmaster = await readPostmasterFile(dataDirectory);
  if (!postmaster || (await isPostmaster(postmaster.pid, dataDirectory))) {
    return;
  }
  if (await isSharedMemoryFree(postmaster.sharedMemoryId)) {
    await unlink(join(dataDirectory, 'postmaster.pid')).catch(() => undefined);
  }
}

async function readPostmasterFile(dataDirectory: string): Promise<Postmaster | null> {
  const content = await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, , , sharedMemory, status] = content.split('\n');
  if (!pid) {
    return null;
  }
  return {
    pid: Number(pid),
    port: Number(port),
    ready: status?.trim() === 'ready',
    sharedMemoryId: Number(sharedMemory?.trim().split(/\s+/)[1] ?? 0),
  };
}

async function isPostmaster(pid: number, dataDirectory: string): Promise<boolean> {
  if (!exists(pid)) {
    return false;
  }
  if (process.platform !== 'linux') {
    return true;
  }
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

/** Known on Linux alone; elsewhere PostgreSQL's own judgement of the file is left to stand. */
async function isSharedMemoryFree(id: number): Promise<boolean> {
  const segments = await readFile('/proc/sysvipc/shm', 'utf8').catch(() => null);
  if (segments === null) {
    return false;
  }
  const rows = segments
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const [shmid, attached] = [rows[0]?.indexOf('shmid') ?? -1, rows[0]?.indexOf('nattch') ?? -1];
  const segment = rows.find((row) => Number(row[shmid]) === id);
  return segment === undefined || Number(segment[attached]) === 0;
}
