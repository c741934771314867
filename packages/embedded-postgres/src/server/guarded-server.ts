import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ServerAccount } from '../installation/server-account.js';
import type { ServerBinaries } from '../installation/server-binaries.js';
import { stopIfUnleased } from './lease.js';
import { stopPostmaster } from './postmaster.js';
import { livePostmaster } from './postmaster-file.js';

/** The facts that are needed to stop a server. */
export interface GuardedServer {
  readonly dataDirectory: string;
  readonly binaries: ServerBinaries;
  readonly account: ServerAccount;
  readonly password: string;
  /** The directory to remove once the server has stopped; null for data that are kept. */
  readonly removeAfterwards: string | null;
}

/**
 * Stops the server of a data directory unless a process has a lease on it. Such a process has a guardian of its own,
 * so after `patienceMs` there is nothing left to do here. Resolves to whether no server runs.
 *
 * A server that is starting or stopping does not answer. The function asks again for as long as the server runs.
 */
export async function stopUnlessLeased(server: GuardedServer, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const live = await livePostmaster(server.dataDirectory);
    const stopped = live?.ready
      ? await stopIfUnleased(live.port, server.password, () => stopPostmaster(server)).catch(() => null)
      : null;
    const patient = Date.now() < deadline;
    if (stopped || (live === null && !patient)) {
      await removeData(server);
      return true;
    }
    if (stopped === false && !patient) return false;
    await sleep(100);
  }
}

/** Starts the process that stops the server if this process ends without stopping it. */
export async function startGuardian(server: GuardedServer): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./guardian.js', import.meta.url));
  const guardian = spawn(process.execPath, [script], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(guardian, 'spawn');
  // The password goes through the pipe, since every account can read the arguments of a process.
  guardian.stdin.on('error', () => undefined).write(JSON.stringify(server));
  guardian.unref();
  return guardian;
}

async function removeData({ removeAfterwards }: GuardedServer): Promise<void> {
  if (removeAfterwards !== null) await rm(removeAfterwards, { recursive: true, force: true });
}
