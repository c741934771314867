import { type ChildProcess, type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';
import { type EventEmitter, once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A program that runs as a process of its own, such as a script of the build that the global setup has made. */
export interface RunningScript {
  readonly pid: number;
  /** The first match of the pattern in the output of either stream; rejects if the process ends without a match. */
  printed(pattern: RegExp): Promise<string>;
  /** The standard output so far. */
  output(): string;
  /** The standard error so far. */
  complaint(): string;
  /** Sends a signal and waits for its end; resolves to the exit code, null after a kill. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Its exit code when it ends by itself. */
  readonly ended: Promise<number | null>;
}

/**
 * Starts `script`, a path inside the build such as `src/main.js`.
 * @param wrap the program that runs the command, and its arguments
 */
export function runScript(
  script: string,
  args: string[] = [],
  environment: NodeJS.ProcessEnv = {},
  wrap: (command: string[]) => [string, string[]] = ([program = '', ...rest]) => [program, rest],
): RunningScript {
  const path = fileURLToPath(new URL(`../../../.test-build/${script}`, import.meta.url));
  const { DATABASE_URL: _, NODE_ENV: __, ...inherited } = process.env;
  const [program, rest] = wrap([process.execPath, path, ...args]);
  return runProgram(program, rest, { env: { ...inherited, ...environment } });
}

/** Starts any program. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: SpawnOptionsWithoutStdio,
): RunningScript {
  const child = spawn(program, args, options);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} did not start.`);
  const output = collect(child);
  const ended = once(child, 'close').then(() => child.exitCode);
  return {
    pid,
    ended,
    printed: async (pattern) => firstMatch(child, output, pattern),
    output: () => output.stdout,
    complaint: () => output.stderr,
    end: async (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** The children of a process whose command line contains `part`; known where there is a /proc. */
export async function childrenOf(parent: number, part: string): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (new RegExp(`^PPid:\\s+${parent}$`, 'm').test(status) && command.includes(part))
      found.push(Number(entry));
  }
  return found;
}

interface Output {
  all: string;
  stdout: string;
  stderr: string;
}

function collect(child: ChildProcess): Output {
  const output = { all: '', stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    output.all += chunk.toString();
    output.stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output.all += chunk.toString();
    output.stderr += chunk.toString();
  });
  return output;
}

async function firstMatch(child: ChildProcess, output: Output, pattern: RegExp): Promise<string> {
  for (;;) {
    const [found] = pattern.exec(output.all) ?? [];
    if (found !== undefined) return found;
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The process ended without saying ${pattern.source}:\n${output.all}`);
    await nextOf([
      [child.stdout, 'data'],
      [child.stderr, 'data'],
      [child, 'close'],
    ]);
  }
}

/** Resolves at the first of some events. */
async function nextOf(events: readonly [EventEmitter | null, string][]): Promise<void> {
  const heard = new AbortController();
  const next = events.flatMap(([source, event]) =>
    source === null ? [] : [once(source, event, { signal: heard.signal })],
  );
  await Promise.race(next).finally(() => heard.abort());
}
