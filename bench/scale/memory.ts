import { readFile } from 'node:fs/promises';

const SAMPLE_MILLIS = 200;

/** The resident set of a process, in megabytes. */
export async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
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
  samples.push(await residentMemory(pid));
  return samples;
}
