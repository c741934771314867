import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MAIN } from '../load/instance.js';

const SAMPLE_MILLIS = 200;

/** The service, with a signal that collects its garbage. */
export const COLLECTING: readonly string[] = [
  '--expose-gc',
  `--import=${fileURLToPath(new URL('collect.js', import.meta.url))}`,
  MAIN,
];

/** A collection takes less, and V8 then gives the memory back. */
const COLLECTION_MILLIS = 1_000;

/** The resident set of a process without garbage, in megabytes. The process must run `COLLECTING`. */
export async function liveMemory(pid: number): Promise<number> {
  for (let collections = 0; collections < 2; collections += 1) {
    process.kill(pid, 'SIGUSR2');
    await sleep(COLLECTION_MILLIS);
  }
  return residentMemory(pid);
}

/** Samples the resident set of a process while `work` is done. @returns the samples, in megabytes */
export async function memoryDuring(pid: number, work: () => Promise<void>): Promise<number[]> {
  const samples = [await residentMemory(pid)];
  const timer = setInterval(
    () => void residentMemory(pid).then((sample) => samples.push(sample)),
    SAMPLE_MILLIS,
  );
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return samples;
}

async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}
