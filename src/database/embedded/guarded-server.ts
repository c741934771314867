import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stopIfUnleased } from './lease.js';
import { stopPostmaster } from './postmaster.js';
import { livePostmaster } from './postmaster-file.js';
import type { ServerAccount } from './server-account.js';
import type { ServerBinaries } from './server-binaries.js';

/** What it takes to stop a server. */
export interface GuardedServer {
  readonly dataDirectory: string;
  readonly binaries: ServerBinaries;
  readonly account: ServerAccount;
  readonly password: string;
}

/**
 * Stops the server of a data directory unless a process has a lease on it. Such a process has a guardian
 * of its own, so after `patienceMs` there is nothing left to do here.
 */
export async function stopUnlessLeased(server: GuardedServer, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const live = await livePostmaster(server.dataDirectory);
    if (live?.ready) {
      const stopped = await stopIfUnleased(live.port, server.password, () => stopPostmaster(server)).catch(
        () => false,
      );
      if (stopped) {
        return;
      }
    }
    const starting = live !== null && !live.ready;
    if (!starting && Date.now() >= deadline) {
      return;
    }
    await sleep(100);
  }
}

/** Starts the process that stops the server when this one ends without doing so. */
export async function startGuardian(server: GuardedServer): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./guardian.js', import.meta.url));
  const guardian = spawn(process.execPath, [script], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(guardian, 'spawn');
  // The password goes through the pipe, as arguments are there for everybody to see.
  guardian.stdin.on('error', () => undefined).write(JSON.stringify(server));
  guardian.unref();
  return guardian;
}
