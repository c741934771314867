import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bindablePort } from '../src/platform/system/bindable-port.js';

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));

/** The ticks a second of the times in /proc. They do not depend on the processor. */
const TICKS_PER_SECOND = 100;

/** The service in a process of its own. Counts the reminders in its output. */
export class Instance {
  reminders = 0;
  firstAt: number | null = null;
  lastAt: number | null = null;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    createInterface(child.stdout).on('line', (line) => this.count(line));
    child.stderr.pipe(process.stderr);
  }

  static async start(databaseUrl: string): Promise<Instance> {
    const port = String(await bindablePort(0, '127.0.0.1'));
    const environment = { ...process.env, DATABASE_URL: databaseUrl, PORT: port, LOG_LEVEL: 'warn' };
    const instance = new Instance(spawn(process.execPath, [MAIN], { env: environment }));
    await Promise.race([listening(port), once(instance.child, 'exit').then(failed)]);
    return instance;
  }

  /** Milliseconds of processor time since the start of the process. */
  async cpu(): Promise<number> {
    const stat = await readFile(`/proc/${this.child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  private count(line: string): void {
    if (!line.includes('"msg":"reminder"')) return;
    this.reminders += 1;
    this.lastAt = performance.now();
    this.firstAt ??= this.lastAt;
  }
}

async function listening(port: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

function failed(): never {
  throw new Error('The service did not start.');
}
