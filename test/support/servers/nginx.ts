import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import type { PathProxy } from './path-proxy.js';

/** The address of the service in the block of README. */
const SERVICE = 'http://127.0.0.1:3000';

/** The name of the instances in `deploy/balancer.conf`. */
const INSTANCE = /^( *server )instance:3000(.*;)$/m;

interface Nginx {
  readonly url: string;
  /** Starts nginx, and waits until the service answers at a path behind it. */
  serve(http: string, path: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts Debian's nginx with the block that README shows, and nothing else that concerns the service. */
export async function startNginx(path: string): Promise<PathProxy> {
  const port = await bindablePort(0, '127.0.0.1');
  const nginx = await nginxAt(port);
  return {
    url: nginx.url + path,
    leadTo: async (service) => {
      const location = (await locationOfReadme()).replaceAll(SERVICE, service);
      await nginx.serve(`server {\nlisten 127.0.0.1:${port};\n${location}}\n`, `${path}/health/live`);
    },
    close: async () => nginx.close(),
  };
}

/** Starts Debian's nginx with `deploy/balancer.conf` before instances. */
export async function startNginxBalancer(
  instances: readonly string[],
): Promise<Pick<Nginx, 'url' | 'close'>> {
  const port = await bindablePort(0, '127.0.0.1');
  const nginx = await nginxAt(port);
  const file = await readFile('deploy/balancer.conf', 'utf8');
  if (!INSTANCE.test(file)) throw new Error('deploy/balancer.conf names no instance.');
  const servers = instances.map((url) => `$1${new URL(url).host}$2`).join('\n');
  const http = file.replace(INSTANCE, servers).replace('listen 8080;', `listen 127.0.0.1:${port};`);
  await nginx.serve(http, '/health/live');
  return nginx;
}

async function nginxAt(port: number): Promise<Nginx> {
  const directory = await mkdtemp(join(tmpdir(), 'nginx-'));
  const url = `http://127.0.0.1:${port}`;
  let nginx: ChildProcess | null = null;
  return {
    url,
    serve: async (http, path) => {
      const file = join(directory, 'nginx.conf');
      await writeFile(file, configuration(http));
      nginx = spawn('nginx', ['-p', directory, '-c', file], { stdio: 'inherit' });
      await serving(nginx, url + path);
    },
    close: async () => {
      if (nginx?.exitCode === null) {
        nginx.kill('SIGTERM');
        await once(nginx, 'exit');
      }
      await rm(directory, { recursive: true });
    },
  };
}

async function locationOfReadme(): Promise<string> {
  const block = /```nginx\n(.*?)```/s.exec(await readFile('README.md', 'utf8'))?.[1];
  if (block === undefined || !block.includes(SERVICE)) throw new Error('README shows no block for nginx.');
  return block;
}

function configuration(http: string): string {
  return `daemon off;
pid nginx.pid;
error_log stderr crit;
events {}
http {
  access_log off;
  ${http}
}
`;
}

async function serving(nginx: ChildProcess, url: string): Promise<void> {
  for (;;) {
    if (nginx.exitCode !== null) throw new Error('nginx does not start.');
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
