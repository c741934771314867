import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerAccount } from '../installation/server-account.js';
import type { ServerBinaries } from '../installation/server-binaries.js';
import { serverEnvironment } from '../installation/server-environment.js';
import { livePostmaster } from './postmaster-file.js';

/** The facts that are needed to run a server on a data directory. */
export interface ServerInstallation {
  readonly dataDirectory: string;
  readonly binaries: ServerBinaries;
  readonly account: ServerAccount;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * The address that the server listens on. Other machines cannot connect, and users of this machine need the password.
 */
export const LOOPBACK_ADDRESS = '127.0.0.1';

/**
 * The log has no errors of statements, since they may hold titles and addresses. Sockets are off, since their path
 * may have at most 107 bytes.
 */
const SETTINGS = {
  listen_addresses: LOOPBACK_ADDRESS,
  unix_socket_directories: '',
  log_min_messages: 'log',
  log_checkpoints: 'off',
};

/**
 * Launches a server and waits until it is ready. @returns false if it exits before, for example because another
 * server uses the data
 */
export async function launchPostmaster(installation: ServerInstallation, port: number): Promise<boolean> {
  const { dataDirectory, binaries, account } = installation;
  const settings = Object.entries({ ...SETTINGS, ...installation.settings, port: String(port) });
  const log = await open(installation.logFile, 'a', 0o600);
  try {
    // Detached, so that Ctrl-C in a terminal reaches the service alone, which stops the server after itself.
    const postmaster = spawn(
      binaries.postgres,
      ['-D', dataDirectory, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...account, cwd: '/', env: serverEnvironment(), detached: true, stdio: ['ignore', log.fd, log.fd] },
    );
    await once(postmaster, 'spawn');
    postmaster.unref();
    while (postmaster.exitCode === null && postmaster.signalCode === null) {
      const live = await livePostmaster(dataDirectory);
      if (live?.ready && live.pid === postmaster.pid) return true;
      await sleep(20);
    }
    return false;
  } finally {
    await log.close();
  }
}

/** Stops the server of a data directory. PostgreSQL ends its sessions and keeps their commits. */
export function stopPostmaster(
  installation: Pick<ServerInstallation, 'dataDirectory' | 'binaries' | 'account'>,
): void {
  const { dataDirectory, binaries, account } = installation;
  for (const mode of ['fast', 'immediate']) {
    const stopped = spawnSync(binaries.pgCtl, ['stop', '-D', dataDirectory, '-m', mode, '-w', '-t', '30'], {
      ...account,
      cwd: '/',
      env: serverEnvironment(),
    });
    if (stopped.status === 0) return;
  }
}

/** The last lines a server wrote, for the message of a start that failed. */
export async function lastLogLines(logFile: string): Promise<string> {
  const log = await readFile(logFile, 'utf8').catch(() => '');
  return log.trim().split('\n').slice(-5).join('\n');
}
