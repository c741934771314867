import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  dataDirectoryOf,
  livePostmaster,
  type ThrowAwayPostgres,
} from '@calendar-backend/embedded-postgres/testing';

/** The ticks a second of the times in /proc. They do not depend on the processor. */
const TICKS_PER_SECOND = 100;

/** Milliseconds of processor time that a process and its children, running or ended, have used. */
export async function processorTime(pid: number): Promise<number> {
  const own = await ticksOf(pid);
  let ticks = own ? own.used + own.ofEnded : 0;
  for (const entry of await readdir('/proc')) {
    const child = /^\d+$/.test(entry) ? await ticksOf(Number(entry)) : null;
    if (child?.parent === pid) ticks += child.used;
  }
  return (ticks * 1_000) / TICKS_PER_SECOND;
}

/** As `processorTime`, of one process without its children, to the microsecond if the kernel has statistics of the scheduler. */
export async function exactProcessorTime(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const texts = await Promise.all(
    threads.map(async (thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '')),
  );
  const nanos = texts.reduce((sum, text) => sum + Number(/^\d+/.exec(text)?.[0] ?? 0), 0);
  return nanos > 0 ? nanos / 1e6 : (((await ticksOf(pid))?.used ?? 0) * 1_000) / TICKS_PER_SECOND;
}

/** The process of a server, whose children serve the connections. */
export async function postmasterPid({ dataDir }: ThrowAwayPostgres): Promise<number> {
  return (await livePostmaster(dataDirectoryOf(join(dataDir, 'postgres'))))?.pid ?? 0;
}

async function ticksOf(pid: number): Promise<{ parent: number; used: number; ofEnded: number } | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [userTime = 0, systemTime = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11, 15);
  return { parent: fields[1] ?? 0, used: userTime + systemTime, ofEnded: childrenUser + childrenSystem };
}
