import { rm } from 'node:fs/promises';
import { bindablePort } from '../../src/common/bindable-port.js';
import { ensureCluster, ROLE } from '../../src/database/embedded/cluster.js';
import { LOOPBACK, launchPostmaster, stopPostmaster } from '../../src/database/embedded/postmaster.js';
import { livePostmaster, removeStalePostmasterFile } from '../../src/database/embedded/postmaster-file.js';
import { serverAccount } from '../../src/database/embedded/server-account.js';
import { installBinaries, platformPackage } from '../../src/database/embedded/server-binaries.js';
import { prepareServerHome, SYSTEM_HOME } from '../../src/database/embedded/server-home.js';
import { childrenOf } from './child-process.js';
import { eventually, newDataDir } from './data-directory.js';

/** A PostgreSQL of its own that nobody brings back, for tests that do to it what happens to servers. */
export interface FaultServer {
  readonly url: string;
  start(settings?: Record<string, string>): Promise<void>;
  stop(): void;
  kill(): Promise<void>;
  /** Stops all of its processes where they are, as a host that hangs does. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  remove(): Promise<void>;
}

export async function startFaultServer(): Promise<FaultServer> {
  const dataDir = await newDataDir();
  const account = await serverAccount(dataDir);
  const home = await prepareServerHome(dataDir, account);
  const copies = account.uid === undefined ? home : SYSTEM_HOME;
  const binaries = await installBinaries(await platformPackage(), copies, account);
  const { dataDirectory, password } = await ensureCluster(home, binaries, account);
  const installation = { dataDirectory, binaries, account, logFile: `${home}/server.log` };
  const port = await bindablePort(0, LOOPBACK);

  const start = async (settings: Record<string, string> = {}): Promise<void> => {
    await removeStalePostmasterFile(dataDirectory);
    if (!(await launchPostmaster({ ...installation, settings }, port))) {
      throw new Error(`The server did not start: see ${installation.logFile}.`);
    }
  };
  const processes = async (): Promise<number[]> => {
    const live = await livePostmaster(dataDirectory);
    return live === null ? [] : [live.pid, ...(await childrenOf(live.pid, 'postgres'))];
  };
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    for (const pid of await processes()) process.kill(pid, name);
  };
  await start();
  return {
    url: `postgres://${ROLE}:${password}@${LOOPBACK}:${port}/postgres`,
    start,
    stop: () => stopPostmaster(installation),
    kill: async () => {
      await signal('SIGKILL');
      await eventually(async () => (await livePostmaster(dataDirectory)) === null);
    },
    pause: async () => signal('SIGSTOP'),
    resume: async () => signal('SIGCONT'),
    remove: async () => {
      await signal('SIGCONT');
      if ((await livePostmaster(dataDirectory)) !== null) stopPostmaster(installation);
      await rm(dataDir, { recursive: true, force: true });
      if (home.startsWith(SYSTEM_HOME)) await rm(home, { recursive: true, force: true });
    },
  };
}
