import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { Configuration } from '../platform/configuration/configuration.js';
import { keepCallersContext } from './callers-context.js';
import { closeSilentConnections } from './connection/silent-connections.js';
import { PoolerHint } from './examination/pooler-hint.js';
import { connectionOptions } from './session/session-pool.js';
import { type PreparedStatement, UnitOfWork } from './unit-of-work.js';

/** Milliseconds without a query to a replica that failed, so that not every read waits for another failure. */
const REST_MS = 5_000;

/** Milliseconds. Shorter than for the primary, which answers next. */
const PATIENCE_MS = 1_500;

/**
 * Answers reads that may be a moment old: lists and free/busy. If there is no replica, or if it does not answer, the
 * primary answers. Within a transaction the primary always answers, since a decision needs the current rows.
 */
@Injectable()
export class ReadReplica implements OnApplicationShutdown {
  private readonly logger = new Logger(ReadReplica.name);
  private readonly pool: Pool | null;
  private restingUntil = 0;

  constructor(
    configuration: Configuration,
    private readonly unitOfWork: UnitOfWork,
    poolerHint: PoolerHint,
  ) {
    const { databaseReplicaUrl: url } = configuration;
    this.pool = url === null ? null : newPool(url, configuration, (error) => poolerHint.notice(error));
    // An idle connection broke. The next read notices it.
    this.pool?.on('error', (error) => this.logger.warn(error));
  }

  /** Whether there is a replica, which may not answer at present. */
  get exists(): boolean {
    return this.pool !== null;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.end();
  }

  /** @param suffices whether the rows of the replica are enough; if not, the statement runs on the primary */
  async prepared<Row>(
    statement: PreparedStatement,
    values: readonly unknown[],
    suffices: (rows: readonly Row[]) => boolean = () => true,
  ): Promise<Row[]> {
    const rows = await this.ask<Row>(statement, values);
    return rows && suffices(rows) ? rows : this.unitOfWork.prepared<Row>(statement, values);
  }

  private async ask<Row>(
    { name, text }: PreparedStatement,
    values: readonly unknown[],
  ): Promise<Row[] | null> {
    if (!this.pool || this.unitOfWork.running || performance.now() < this.restingUntil) return null;
    try {
      return (await this.pool.query({ name, text, values: [...values] })).rows as Row[];
    } catch (error) {
      this.restingUntil = performance.now() + REST_MS;
      this.logger.warn(error);
      return null;
    }
  }
}

function newPool(url: string, configuration: Configuration, onError: (error: unknown) => void): Pool {
  const options = connectionOptions({
    schema: configuration.databaseSchema,
    pooler: configuration.databasePooler,
    poolSize: configuration.databasePoolSize,
    sendsOptions: true,
  });
  options.session.onError = onError;
  const pool = new Pool({ connectionString: url, ...options, connectionTimeoutMillis: PATIENCE_MS });
  closeSilentConnections(pool, PATIENCE_MS);
  keepCallersContext(pool);
  return pool;
}
