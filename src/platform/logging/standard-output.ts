import { writeSync } from 'node:fs';
import { errorCode } from '../error-code.js';
import type { LineFormat } from './pretty-lines.js';

/** Where lines go that somebody else reads; tests put a list in its place. */
export abstract class LineOutput {
  /** Writes all lines, or throws; when it returns they have left the process. */
  abstract write(lines: readonly string[]): void;
}

const STANDARD_OUTPUT = 1;

/** How long a full pipe is given to drain before it is tried again. */
const PAUSE_MS = 5;

/** Past Node's stream, which may keep in memory what a killed process then never writes. */
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
