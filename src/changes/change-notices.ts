import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseOpening } from '../database/database-opening.js';
import type { PostgresOptions } from '../database/postgres-options.js';
import { Configuration } from '../platform/configuration/configuration.js';
import { ChangeFeed } from './change-feed.js';
import { NoticeConnection } from './notices/notice-connection.js';

/**
 * Milliseconds between two looks at the log without a notice. Finds the changes of instances of the version before, and
 * those whose notice was lost.
 */
const POLLING_INTERVAL_MS = 1_000;

/**
 * Milliseconds. The changes of this time share one notice to the other instances: PostgreSQL commits transactions with
 * notices one after the other.
 */
const NOTICE_INTERVAL_MS = 50;

/**
 * Tells the instances that the log of changes may have grown. A notice is a hint without content, and may be missing: the
 * log alone has the changes, and a listener reads it. The listeners of this instance hear of its own changes after the
 * commit, of the others' by LISTEN and NOTIFY, and of all changes by polling. Behind a pooler in transaction mode, the
 * connection for LISTEN needs `DATABASE_DIRECT_URL`; without it, polling alone serves.
 */
@Injectable()
export class ChangeNotices implements OnModuleDestroy {
  private readonly logger = new Logger(ChangeNotices.name);
  private readonly listeners = new Set<() => void>();
  private connection: NoticeConnection | null = null;
  private polling: NodeJS.Timeout | null = null;
  private noticeDue: NodeJS.Timeout | null = null;
  private isOpen = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly configuration: Configuration,
    feed: ChangeFeed,
    opening: DatabaseOpening,
  ) {
    feed.onLogGrown(() => this.changed());
    opening.onOpen(() => {
      this.isOpen = true;
      if (this.listeners.size > 0) this.begin();
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.isOpen = false;
    if (this.noticeDue) clearTimeout(this.noticeDue);
    await this.end();
  }

  /** Calls `wake` whenever the log may have grown. @returns a function that ends this */
  listen(wake: () => void): () => void {
    this.listeners.add(wake);
    if (this.isOpen) this.begin();
    return () => {
      this.listeners.delete(wake);
      if (this.listeners.size === 0) void this.end();
    };
  }

  private begin(): void {
    this.polling ??= setInterval(() => this.wake(), POLLING_INTERVAL_MS).unref();
    const url = this.listeningUrl();
    if (url === null || this.connection) return;
    this.connection = new NoticeConnection(url, this.channel, () => this.wake());
    this.connection.open();
  }

  private async end(): Promise<void> {
    if (this.polling) clearInterval(this.polling);
    this.polling = null;
    const { connection } = this;
    this.connection = null;
    await connection?.close();
  }

  private wake(): void {
    for (const wake of this.listeners) wake();
  }

  private changed(): void {
    this.wake();
    if (!this.isOpen) return;
    this.noticeDue ??= setTimeout(() => {
      this.noticeDue = null;
      void this.notify();
    }, NOTICE_INTERVAL_MS).unref();
  }

  private async notify(): Promise<void> {
    try {
      await this.dataSource.query(`SELECT pg_notify($1, '')`, [this.channel]);
    } catch (error) {
      this.logger.debug(`A notice of changes was not sent: ${String(error)}`);
    }
  }

  /** The services of two schemas of one database are apart. */
  private get channel(): string {
    return `${this.configuration.databaseSchema}_changes`.slice(0, 63);
  }

  private listeningUrl(): string | null {
    const { databasePooler: pooler, databaseDirectUrl: direct } = this.configuration;
    if (direct !== null) return direct;
    return pooler === 'none' ? ((this.dataSource.options as PostgresOptions).url ?? null) : null;
  }
}
