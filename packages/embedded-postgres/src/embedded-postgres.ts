import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataDirectoryOf, ensureCluster } from './cluster/cluster.js';
import { expectOwnVersion } from './cluster/data-version.js';
import { startRefusal } from './cluster/start-refusal.js';
import { expectWritable } from './cluster/writable.js';
import { errorCode } from './error-code.js';
import { serverAccount } from './installation/server-account.js';
import { installBinaries, platformPackage } from './installation/server-binaries.js';
import { prepareServerHome, SYSTEM_HOME } from './installation/server-home.js';
import { freePort } from './server/free-port.js';
import { startGuardian, stopUnlessLeased } from './server/guarded-server.js';
import { type Lease, takeLease } from './server/lease.js';
import {
  LOOPBACK_ADDRESS,
  lastLogLines,
  launchPostmaster,
  type ServerInstallation,
  stopPostmaster,
} from './server/postmaster.js';
import { livePostmaster, removeStalePostmasterFile } from './server/postmaster-file.js';
import { serverUrl } from './server/server-url.js';

/** Milliseconds. PostgreSQL may have to recover from a crash first. */
const START_TIMEOUT_MS = 60_000;

export interface EmbeddedPostgresOptions {
  /** The directory that holds the data. Created if it does not exist. */
  readonly dataDir: string;
  /** Settings of the server, such as those that make throw-away data fast. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether the data directory is removed once the server is stopped. */
  readonly temporary?: boolean;
  /** Called if the server has died and cannot be started again at its address. */
  readonly onLost?: (error: Error) => void;
}

export interface EmbeddedPostgres {
  readonly url: string;
  /** Stops the server, unless another process uses it. */
  stop(): Promise<void>;
}

interface Connection {
  readonly port: number;
  readonly lease: Lease;
}

/**
 * Starts a PostgreSQL on the data of a directory, or attaches to the one that another process has started
 * there. If the server dies, it is started again at the same address. If the process dies, its guardian stops the
 * server.
 * @throws {EmbeddedPostgresError}, errors of the file system
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const expectedData = dataDirectoryOf(join(options.dataDir, 'postgres'));
  const account = await serverAccount(expectedData);
  const home = await prepareServerHome(options.dataDir, account);
  await expectOwnVersion(options.dataDir, home);
  const copies = account.uid === undefined ? home : SYSTEM_HOME;
  const binaries = await installBinaries(await platformPackage(), copies, account);
  const { dataDirectory, password } = await ensureCluster(home, binaries, account);
  await expectWritable(home);
  const installation: ServerInstallation = {
    dataDirectory,
    binaries,
    account,
    logFile: join(home, 'server.log'),
    settings: options.settings ?? {},
  };
  const removeAfterwards = options.temporary ? resolve(options.dataDir) : null;
  const guarded = { dataDirectory, binaries, account, password, removeAfterwards };
  const guardian = await startGuardian(guarded);
  try {
    const connection = await startOrAttach(installation, password);
    const watch = keepAlive(connection, installation, password, options.onLost);
    const stop = async (): Promise<void> => {
      await watch.end();
      if (await stopUnlessLeased(guarded, 0)) guardian.kill();
      guardian.stdin?.destroy();
    };
    let stopped: Promise<void> | undefined;
    return {
      url: serverUrl(password, connection.port),
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    guardian.stdin?.end();
    throw error;
  }
}

/** Takes a lease on the running server. Launches a server first if none runs. */
async function startOrAttach(
  installation: ServerInstallation,
  password: string,
  preferredPort?: number,
): Promise<Connection> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let port = preferredPort ?? (await freePort(LOOPBACK_ADDRESS));
  let failure: unknown;
  let exits = 0;
  let launched = false;
  while (Date.now() < deadline && exits < 20) {
    const live = await livePostmaster(installation.dataDirectory);
    if (live?.ready) {
      try {
        return { port: live.port, lease: await takeLease(live.port, password) };
      } catch (error) {
        failure = error;
        // The server refuses the password, and will refuse it again. Without the password the guardian cannot stop it.
        if (errorCode(error)?.startsWith('28')) {
          if (launched) stopPostmaster(installation);
          break;
        }
      }
    } else if (!live) {
      await removeStalePostmasterFile(installation.dataDirectory);
      if (await launchPostmaster(installation, port)) {
        launched = true;
        continue;
      }
      exits += 1;
      port = preferredPort ?? (await freePort(LOOPBACK_ADDRESS));
    }
    await sleep(50 + Math.random() * 150);
  }
  const reason =
    exits === 0 && failure instanceof Error ? failure.message : await lastLogLines(installation.logFile);
  throw startRefusal(
    `The embedded PostgreSQL does not start on the data in ${installation.dataDirectory}`,
    reason,
    `see its log ${installation.logFile}`,
  );
}

/** Starts the server again whenever it dies, until `end`. */
function keepAlive(
  first: Connection,
  installation: ServerInstallation,
  password: string,
  onLost: (error: Error) => void = () => undefined,
): { end(): Promise<void> } {
  const { port } = first;
  let { lease } = first;
  let ended = false;
  const watch = async (): Promise<void> => {
    for (;;) {
      await lease.lost;
      if (ended) return;
      const connection = await startOrAttach(installation, password, port);
      lease = connection.lease;
      if (ended) {
        await lease.release();
        return;
      }
      if (connection.port !== port)
        throw new Error(`The embedded PostgreSQL moved from port ${port} to ${connection.port}.`);
    }
  };
  watch().catch((error: Error) => onLost(error));
  return {
    end: async () => {
      ended = true;
      await lease.release();
    },
  };
}
