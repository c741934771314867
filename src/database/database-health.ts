import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ConnectionRenewal } from './connection/connection-renewal.js';
import { writeFailureOf } from './connection/write-failure.js';
import { DatabaseOpening } from './database-opening.js';
import { PoolerHint } from './examination/pooler-hint.js';
import { poolOf, sessionOf } from './session/session-pool.js';

/**
 * Milliseconds for which the service counts a disk as full after a write that failed because of it. Only a write
 * shows that the disk has room again, and clients write again once the instance is ready.
 */
const DISK_FULL_FOR_MS = 10_000;

/** Whether the database answers and takes writes. */
@Injectable()
export class DatabaseHealth {
  private renewal: ConnectionRenewal | null = null;
  private diskFullUntil = -Infinity;

  constructor(
    private readonly dataSource: DataSource,
    private readonly poolerHint: PoolerHint,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => {
      this.renewal = new ConnectionRenewal(poolOf(this.dataSource));
      sessionOf(this.dataSource).onError = (error) => this.notice(error);
    });
  }

  /** Asks the database. Rejects if it does not answer. @returns whether it takes writes */
  async takesWrites(): Promise<boolean> {
    const [row] = await this.dataSource.query<{ transaction_read_only: string }[]>(
      'SHOW transaction_read_only',
    );
    const readOnly = row?.transaction_read_only === 'on';
    if (readOnly) this.renewal?.renew();
    return !readOnly && performance.now() >= this.diskFullUntil;
  }

  private notice(error: unknown): void {
    this.poolerHint.notice(error);
    const failure = writeFailureOf(error);
    if (failure === 'read-only') this.renewal?.renew();
    if (failure === 'disk-full') this.diskFullUntil = performance.now() + DISK_FULL_FOR_MS;
  }
}
