import { writeSync } from 'node:fs';
import { errorCode } from '../error-code.js';
import type { LineFormat } from './pretty-lines.js';

/** An output for lines that another program reads. Tests collect the lines in a list instead. */
export abstract class LineOutput {
  /** Writes all lines or throws. When it returns, the lines have left the process. */
  abstract write(lines: readonly string[]): void;
}

const STANDARD_OUTPUT = 1;

/** Milliseconds before the next attempt to write to a full pipe. */
const PAUSE_MS = 5;

/**
 * Writes to the file descriptor, since the stream of Node.js may keep lines in memory, which are lost if the process
 * is killed.
 */
export class StandardOutput extends LineOutput {
  /** @param format gives each line another form */
  constructor(private readonly format: LineFormat | null = null) {
    super();
  }

  write(lines: readonly string[]): void {
    let rest = Buffer.from(lines.map((line) => `${this.format?.(line) ?? line}\n`).join(''));
    while (rest.length > 0) rest = rest.subarray(writeSome(rest));
  }
}

function writeSome(bytes: Buffer): number {
  try {
    return writeSync(STANDARD_OUTPUT, bytes);
  } catch (error) {
    if (errorCode(error) !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    return 0;
  }
}
