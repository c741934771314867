import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As much as a page of PostgreSQL. A full disk still takes an empty file. */
const PROBE_BYTES = 8_192;

/** Rejects if the process cannot write to a directory, because of rights or because the disk is full. */
export async function expectWritable(directory: string): Promise<void> {
  const probe = join(directory, `.probe-${randomBytes(4).toString('hex')}`);
  try {
    await writeFile(probe, Buffer.alloc(PROBE_BYTES));
  } finally {
    await rm(probe, { force: true });
  }
}
