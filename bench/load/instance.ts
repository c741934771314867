import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bindablePort } from '../../src/platform/system/bindable-port.js';

/** The program of the service. */
export const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const PROBE_MILLIS = 20;

/** A server in a process of its own. */
export interface Instance {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts the service on a database.
 * @param program another program that has the variables and the probe of the service, and its arguments
 */
export async function startInstance(
  databaseUrl: string,
  variables: NodeJS.ProcessEnv = {},
  program: readonly string[] = [MAIN],
): Promise<Instance> {
  const port = String(await bindablePort(0, '127.0.0.1'));
  const environment = {
    ...process.env,
    LOG_LEVEL: 'info',
    ...variables,
    DATABASE_URL: databaseUrl,
    PORT: port,
  };
  const child = spawn(process.execPath, program, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.resume();
  const url = `http://127.0.0.1:${port}`;
  await ready(child, `${url}/health/ready`);
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function ready(child: ChildProcess, probe: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('The service did not start.');
    const response = await fetch(probe).catch(() => null);
    if (response?.ok) return;
    await sleep(PROBE_MILLIS);
  }
}

/** The peak of the resident set of a process, in megabytes. */
export async function mostMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}
