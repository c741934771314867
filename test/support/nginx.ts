import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindablePort } from '../../src/common/bindable-port.js';
import type { PathProxy } from './path-proxy.js';

/** The address of the service in the block of README. */
const SERVICE = 'http://127.0.0.1:3000';

/** Starts Debian's nginx with the block that README shows, and nothing else that concerns the service. */
export async function startNginx(path: string): Promise<PathProxy> {
  const directory = await mkdtemp(join(tmpdir(), 'nginx-'));
  const port = await bindablePort(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  let nginx: ChildProcess | null = null;
  return {
    url: url + path,
    leadTo: async (service) => {
      const file = join(directory, 'nginx.conf');
      await writeFile(file, configuration(port, (await locationOfReadme()).replaceAll(SERVICE, service)));
      nginx = spawn('nginx', ['-p', directory, '-c', file], { stdio: 'inherit' });
      await serving(nginx, `${url}${path}/health/live`);
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

function configuration(port: number, location: string): string {
  return `daemon off;
pid nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  server {
    listen 127.0.0.1:${port};
    ${location}
  }
}
`;
}

async function serving(nginx: ChildProcess, url: string): Promise<void> {
  for (;;) {
    if (nginx.exitCode !== null) throw new Error('nginx does not start.');
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
