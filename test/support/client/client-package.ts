import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const CLIENT = resolve('clients/typescript');

/** A project outside of the repository, with the package of the client installed from its tarball. */
export interface OtherProject {
  readonly folder: string;
  write(file: string, text: string): Promise<void>;
  /** Runs a command of Node.js in the project. @returns its output */
  node(...args: string[]): Promise<string>;
  remove(): Promise<void>;
}

/** Builds, packs and installs the client. Its dependency is packed from `node_modules`, so no registry is asked. */
export async function installClient(): Promise<OtherProject> {
  const folder = await mkdtemp(join(tmpdir(), 'calendar-client-'));
  const dependencies = ['openapi-fetch', 'openapi-typescript-helpers'].map((name) =>
    resolve('node_modules', name),
  );
  await npm(folder, 'pack', CLIENT);
  await npm(folder, 'pack', '--ignore-scripts', ...dependencies);
  const project = { name: 'another-project', private: true, type: 'module' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(project));
  const tarballs = (await readdir(folder)).filter((file) => file.endsWith('.tgz'));
  await npm(folder, 'install', '--offline', ...tarballs);
  return {
    folder,
    write: async (file, text) => writeFile(join(folder, file), text),
    node: async (...args) => node(folder, ...args),
    remove: async () => rm(folder, { recursive: true }),
  };
}

/** The tour in the README of the client: its code, and its output. */
export async function readTour(): Promise<{ code: string; printed: string }> {
  const readme = await readFile(join(CLIENT, 'README.md'), 'utf8');
  const [, code, printed] =
    /^## The tour\n.*?^```js\n(.*?)^```\n.*?^```text\n(.*?)^```\n/ms.exec(readme) ?? [];
  if (code === undefined || printed === undefined) throw new Error('The README of the client has no tour.');
  return { code, printed };
}

async function npm(folder: string, command: string, ...args: string[]): Promise<void> {
  await run('npm', [command, '--no-audit', '--no-fund', ...args], { cwd: folder });
}

async function node(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, args, { cwd: folder }).catch((error: Error) => {
    const { stdout: printed = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${error.message}\n${printed}${stderr}`);
  });
  return stdout;
}
