import { type PgBouncer, startPgBouncer } from '../../../bench/pooler/pgbouncer.js';
import { eventually, query } from '../database/data-directory.js';
import { type FaultServer, startFaultServer } from '../database/fault-server.js';
import { BalancedInstances } from './balanced-instances.js';

const INSTANCES = 2;

/** PgBouncer's connections to the primary: fewer than the instances open, so that transactions move between sessions. */
const CONNECTIONS = 10;

/** Two instances behind PgBouncer in transaction mode before a primary, with a streaming replica. */
export class ReplicatedInstances {
  private constructor(
    readonly primary: FaultServer,
    readonly replica: FaultServer,
    readonly pgBouncer: PgBouncer,
    readonly instances: BalancedInstances,
  ) {}

  static async start(environment: NodeJS.ProcessEnv = {}): Promise<ReplicatedInstances> {
    const primary = await startFaultServer();
    const replica = await primary.startReplica();
    const pgBouncer = await startPgBouncer(primary.url, 'transaction', CONNECTIONS);
    const instances = await BalancedInstances.start(INSTANCES, {
      DATABASE_URL: pgBouncer.urlOf(primary.url),
      DATABASE_POOLER: 'transaction',
      DATABASE_DIRECT_URL: primary.url,
      DATABASE_REPLICA_URL: replica.url,
      ...environment,
    });
    return new ReplicatedInstances(primary, replica, pgBouncer, instances);
  }

  /** Waits until the replica has all that the primary has committed before the call. */
  async replayed(): Promise<void> {
    const [{ position }] = await query<{ position: string }>(
      this.primary.url,
      'SELECT pg_current_wal_insert_lsn()::text AS position',
    );
    await eventually(async () => {
      const [{ has }] = await query<{ has: boolean }>(
        this.replica.url,
        `SELECT pg_last_wal_replay_lsn() >= '${position}'::pg_lsn AS has`,
      );
      return has;
    });
  }

  async stop(): Promise<void> {
    await this.instances.stop();
    await this.pgBouncer.stop();
    await this.replica.remove();
    await this.primary.remove();
  }
}
