import { appendFile, chown, cp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ensureCluster,
  installBinaries,
  LOOPBACK_ADDRESS,
  launchPostmaster,
  livePostmaster,
  platformPackage,
  prepareServerHome,
  removeStalePostmasterFile,
  SERVER_ROLE,
  type ServerAccount,
  SYSTEM_HOME,
  serverAccount,
  stopPostmaster,
} from '@calendar-backend/embedded-postgres/testing';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { childrenOf } from '../service/child-process.js';
import { eventually, newDataDir } from './data-directory.js';

/** A server at rest, and its address. */
interface Following {
  readonly dataDirectory: string;
  readonly password: string;
  readonly port: number;
}

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
  /** Starts a second server that follows this one, as a replica does; this one is restarted for it. */
  startReplica(): Promise<FaultServer>;
}

/** Starts a server on new data, or on those of another one and following it. */
export async function startFaultServer(following: Following | null = null): Promise<FaultServer> {
  const dataDir = await newDataDir();
  const account = await serverAccount(dataDir);
  const home = await prepareServerHome(dataDir, account);
  const copies = account.uid === undefined ? home : SYSTEM_HOME;
  const binaries = await installBinaries(await platformPackage(), copies, account);
  const cluster = await ensureCluster(home, binaries, account);
  const { dataDirectory } = cluster;
  const password = following?.password ?? cluster.password;
  if (following) await follow(following, dataDirectory, account);
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
  // The one that is followed starts first.
  if (!following) await start();
  return {
    url: `postgres://${SERVER_ROLE}:${password}@${LOOPBACK_ADDRESS}:${port}/postgres`,
    start,
    stop: () => stopPostmaster(installation),
    kill: async () => {
      await signal('SIGKILL');
      await eventually(async () => (await livePostmaster(dataDirectory)) === null);
    },
    pause: async () => signal('SIGSTOP'),
    resume: async () => signal('SIGCONT'),
    startReplica: async () => {
      stopPostmaster(installation);
      const replica = await startFaultServer({ dataDirectory, password, port });
      await start();
      await replica.start();
      return replica;
    },
    remove: async () => {
      await signal('SIGCONT');
      if ((await livePostmaster(dataDirectory)) !== null) stopPostmaster(installation);
      await rm(dataDir, { recursive: true, force: true });
      if (home.startsWith(SYSTEM_HOME)) await rm(home, { recursive: true, force: true });
    },
  };
}

/** Makes a data directory a copy of another one whose server is stopped, and lets its server follow that one. */
async function follow(
  { dataDirectory, password, port }: Following,
  copy: string,
  { uid, gid }: ServerAccount,
): Promise<void> {
  await rm(copy, { recursive: true });
  await cp(dataDirectory, copy, { recursive: true });
  const primary = `host=${LOOPBACK_ADDRESS} port=${port} user=${SERVER_ROLE} password=${password}`;
  await appendFile(join(copy, 'postgresql.auto.conf'), `primary_conninfo = '${primary}'\n`);
  await writeFile(join(copy, 'standby.signal'), '');
  if (uid === undefined || gid === undefined) return;
  for (const entry of ['', ...(await readdir(copy, { recursive: true }))])
    await chown(join(copy, entry), uid, gid);
}
