import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bindablePort } from '../../src/platform/system/bindable-port.js';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));

/** The service in a process of its own. */
export interface Instance {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts the service on a database.
 * @param program another program than the service, and its arguments
 */
export async function startInstance(
  databaseUrl: string,
  variables: NodeJS.ProcessEnv = {},
  program: readonly string[] = [MAIN],
): Promise<Instance> {
  const port = String(await bindablePort(0, '127.0.0.1'));
  const environment = {
    ...process.env,
    ...variables,
    DATABASE_URL: databaseUrl,
    PORT: port,
    LOG_LEVEL: 'info',
  };
  const child = spawn(process.execPath, program, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (output: Buffer) => output.includes('API at') && resolve());
    child.on('exit', () => reject(new Error('The service did not start.')));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** The peak of the resident set of a process, in megabytes. */
export async function mostMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}
