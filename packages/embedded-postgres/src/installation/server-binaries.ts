import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, lstat, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { UnusableProgramsError } from '../embedded-postgres-error.js';
import { errorCode } from '../error-code.js';
import { makePassableDirectory } from './passable-directory.js';
import { platformPackageName } from './platform-package.js';
import type { ServerAccount } from './server-account.js';

/** The programs of one PostgreSQL, by absolute path. */
export interface ServerBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

interface MissingLink {
  readonly source: string;
  readonly target: string;
}

/**
 * The root of the installed platform package, the directory of its `package.json`.
 */
export async function platformPackage(): Promise<string> {
  const { postgres }: { postgres: string } = await import(platformPackageName());
  return dirname(dirname(dirname(postgres)));
}

/**
 * Prepares the programs of the package for the account. Creates the package's symbolic links. If the account cannot
 * run the programs in their place (a project under a private home, or a read-only one), copies them into `copies`
 * once.
 */
export async function installBinaries(
  packageRoot: string,
  copies: string,
  account: ServerAccount,
): Promise<ServerBinaries> {
  await makeSymbolicLinks(packageRoot).catch(() => undefined);
  const inPlace = binariesOf(packageRoot);
  if (runs(inPlace, account)) return inPlace;
  const copy = join(copies, `binaries-${await packageVersion(packageRoot)}`);
  const copied = binariesOf(copy);
  if (!runs(copied, account)) await copyPackage(packageRoot, copy);
  const failure = failureOf(copied, account);
  if (failure) throw new UnusableProgramsError(failure);
  return copied;
}

function binariesOf(packageRoot: string): ServerBinaries {
  const bin = join(packageRoot, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), pgCtl: join(bin, 'pg_ctl'), postgres: join(bin, 'postgres') };
}

function runs(binaries: ServerBinaries, account: ServerAccount): boolean {
  return failureOf(binaries, account) === null;
}

function failureOf(binaries: ServerBinaries, account: ServerAccount): string | null {
  const tried = spawnSync(binaries.postgres, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
  if (tried.error) return tried.error.message;
  return tried.status === 0 ? null : (tried.stderr.trim().split('\n')[0] ?? '');
}

/** npm drops symbolic links from packages. This package lists them for an install script, which may be disabled. */
async function makeSymbolicLinks(packageRoot: string): Promise<void> {
  const list = await readFile(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: MissingLink[] = JSON.parse(list);
  for (const { source, target } of links) {
    const link = join(packageRoot, target);
    const present = await lstat(link).catch(() => null);
    if (!present) await symlink(relative(dirname(target), source), link).catch(ignoreExisting);
  }
}

/** Copies to another directory and renames it, so that an incomplete copy is never used. */
async function copyPackage(packageRoot: string, copy: string): Promise<void> {
  const staging = join(dirname(copy), `.${basename(copy)}-${randomBytes(4).toString('hex')}`);
  await makePassableDirectory(staging);
  try {
    await cp(join(packageRoot, 'native'), join(staging, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    await makeSymbolicLinks(staging);
    spawnSync('chmod', ['-R', 'a+rX', staging]);
    await rename(staging, copy).catch(ignoreExisting);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function packageVersion(packageRoot: string): Promise<string> {
  const manifest: { version: string } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'));
  return manifest.version;
}

function ignoreExisting(error: unknown): void {
  if (!['EEXIST', 'ENOTEMPTY'].includes(errorCode(error) ?? '')) throw error;
}
