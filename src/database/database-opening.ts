import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, QueryFailedError } from 'typeorm';
import { SECOND } from '../calendar/time/civil-time.js';
import { Configuration } from '../platform/configuration/configuration.js';
import { errorCode } from '../platform/error-code.js';
import { isConnectionFailure, reasonOf } from './connection/connection-failure.js';
import { type OpenDatabase, openDatabase } from './open-database.js';
import { ServiceGate } from './service-gate.js';

/** Milliseconds. A server that starts beside the service is often ready a moment later. */
const FIRST_PAUSE = SECOND;

/**
 * Milliseconds. The service notices after this time at the latest that PostgreSQL is up. Each attempt writes one log
 * line.
 */
const LONGEST_PAUSE = 5 * SECOND;

/**
 * Milliseconds before the next attempt. @param failures how many attempts have failed, 1 or more
 * @public Unit tests use it.
 */
export function pauseAfter(failures: number): number {
  return Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE);
}

/**
 * Opens the database while the service already listens. Until it is open, the service refuses all requests but those of
 * probes. While PostgreSQL cannot be reached, the service repeats the attempt. An orchestrator sees a process that is
 * alive and not ready, and need not restart it.
 */
@Injectable()
export class DatabaseOpening implements OnModuleDestroy {
  private readonly logger = new Logger(DatabaseOpening.name);
  private readonly closing = new AbortController();
  private readonly steps: (() => Promise<void>)[] = [];
  private readonly listeners: (() => Promise<void> | void)[] = [];

  constructor(
    private readonly configuration: Configuration,
    private readonly dataSource: DataSource,
    private readonly gate: ServiceGate,
  ) {
    this.gate.start('The service starts, and has no database yet.');
  }

  onModuleDestroy(): void {
    this.closing.abort();
  }

  /**
   * Registers a step of the opening, which runs on the connected database. If the connection fails, the whole opening
   * runs again.
   */
  addStep(step: () => Promise<void>): void {
    this.steps.push(step);
  }

  /** Registers work that runs once the database is open, before the service serves the first request. */
  onOpen(begin: () => Promise<void> | void): void {
    this.listeners.push(begin);
  }

  /**
   * Opens the database at an address and lets the service serve. Tries again for as long as PostgreSQL cannot be reached.
   * @returns null if the application was closed before
   * @throws {UnusableDatabaseError} if the database refuses the service or cannot serve
   */
  async open(url: string): Promise<OpenDatabase | null> {
    const { signal } = this.closing;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        const database = await this.attempt(url);
        if (signal.aborted) return null;
        for (const begin of this.listeners) await begin();
        this.gate.open();
        return database;
      } catch (error) {
        if (signal.aborted) return null;
        const cause = error instanceof QueryFailedError ? error.driverError : error;
        if (!isConnectionFailure(cause)) throw error;
        this.tell(cause, pauseAfter(failures));
      }
      await sleep(pauseAfter(failures), undefined, { signal }).catch(() => undefined);
    }
    return null;
  }

  private async attempt(url: string): Promise<OpenDatabase> {
    try {
      const database = await openDatabase(this.dataSource, url, this.configuration);
      for (const step of this.steps) await step();
      return database;
    } catch (error) {
      if (this.dataSource.isInitialized) await this.dataSource.destroy();
      throw error;
    }
  }

  private tell(error: unknown, pause: number): void {
    const code = errorCode(error);
    // A client need not know the address, which the message may name. A time-out has no code.
    this.gate.hold(`The service cannot reach PostgreSQL yet (${code ?? 'no answer in time'}).`);
    this.logger.warn(
      `PostgreSQL cannot be reached (${reasonOf(error)}): the service is not ready, and tries again in ${pause / SECOND} s`,
    );
  }
}
