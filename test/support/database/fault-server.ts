import { rm } from 'node:fs/promises';
import {
  copyAsStandby,
  LOOPBACK_ADDRESS,
  launchPostmaster,
  livePostmaster,
  type Primary,
  prepareServerHome,
  removeStalePostmasterFile,
  SERVER_ROLE,
  SYSTEM_HOME,
  serverAccount,
  stopPostmaster,
} from '@calendar-backend/embedded-postgres/testing';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { childrenOf } from '../service/child-process.js';
import { eventually, newDataDir } from './data-directory.js';
import { createCluster } from './server-programs.js';

/** A PostgreSQL that nothing restarts, for tests that stop, pause or damage it. */
export interface FaultServer {
  readonly url: string;
  start(settings?: Record<string, string>): Promise<void>;
  stop(): void;
  kill(): Promise<void>;
  /** Stops all of its processes where they are, as a host that hangs does. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  remove(): Promise<void>;
  /** Starts a second server that follows this one, as a replica does. */
  startReplica(): Promise<FaultServer>;
}

/** Starts a server on new data, or on a copy of those of a server that it follows. */
export async function startFaultServer(following: Primary | null = null): Promise<FaultServer> {
  const dataDir = await newDataDir();
  const account = await serverAccount(dataDir);
  const home = await prepareServerHome(dataDir, account);
  const { binaries, dataDirectory, ...cluster } = await createCluster(home, account);
  const password = following ? new URL(following.url).password : cluster.password;
  if (following) await copyAsStandby(following, dataDirectory, account);
  const installation = { dataDirectory, binaries, account, logFile: `${home}/server.log` };
  const port = await bindablePort(0, LOOPBACK_ADDRESS);

  const start = async (settings: Record<string, string> = {}): Promise<void> => {
    await removeStalePostmasterFile(dataDirectory);
    if (!(await launchPostmaster({ ...installation, settings }, port)))
      throw new Error(`The server did not start: see ${installation.logFile}.`);
  };
  const processes = async (): Promise<number[]> => {
    const live = await livePostmaster(dataDirectory);
    return live === null ? [] : [live.pid, ...(await childrenOf(live.pid, 'postgres'))];
  };
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    for (const pid of await processes()) process.kill(pid, name);
  };
  const url = `postgres://${SERVER_ROLE}:${password}@${LOOPBACK_ADDRESS}:${port}/postgres`;
  await start();
  return {
    url,
    start,
    stop: () => stopPostmaster(installation),
    kill: async () => {
      await signal('SIGKILL');
      await eventually(async () => (await livePostmaster(dataDirectory)) === null);
    },
    pause: async () => signal('SIGSTOP'),
    resume: async () => signal('SIGCONT'),
    startReplica: async () => startFaultServer({ url, dataDirectory }),
    remove: async () => {
      await signal('SIGCONT');
      if ((await livePostmaster(dataDirectory)) !== null) stopPostmaster(installation);
      await rm(dataDir, { recursive: true, force: true });
      if (home.startsWith(SYSTEM_HOME)) await rm(home, { recursive: true, force: true });
    },
  };
}
