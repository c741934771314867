import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type ObjectLiteral, type Repository } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { timedOut } from '../errors/service-unavailable.js';
import { ContextVariable } from '../platform/context/context-variable.js';
import { currentRequest } from '../platform/logging/request-context.js';
import { StepOutside, TurnTaken } from './connection/repeated-attempt.js';
import { isRetryable } from './connection/retryable-failure.js';
import { Turns } from './turns.js';

/** Deadlocks among n transactions end in at most n rounds, and requests past these few would pile up. */
const MAX_ATTEMPTS = 5;

const FIRST_PAUSE_MS = 10;

interface Transaction {
  readonly manager: EntityManager;
  /** By key. Work of one key runs once. */
  readonly beforeCommit: Map<string, () => Promise<void>>;
  readonly afterCommit: (() => void)[];
  /** Results of `outside`, by key. */
  readonly results: ReadonlyMap<string, unknown>;
  readonly turn: Turn;
}

/** Whether a transaction has its turn among those on the same subjects, and the function that ends a turn that it began itself. */
interface Turn {
  has: boolean;
  end: (() => void) | null;
}

export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** A connection or the pool of them, of `pg`. */
interface Queryable {
  query(statement: PreparedStatement & { values: readonly unknown[] }): Promise<{ rows: unknown[] }>;
}

/**
 * Runs the transaction of a service's method. Repositories use `manager` for their queries, and so take part in the
 * running transaction.
 */
@Injectable()
export class UnitOfWork {
  private readonly current = new ContextVariable<Transaction | null>();
  private readonly turns = new Turns();

  constructor(private readonly dataSource: DataSource) {}

  /** The running transaction's manager; outside of one, the one that commits each statement by itself. */
  get manager(): EntityManager {
    return this.current.get()?.manager ?? this.dataSource.manager;
  }

  /** Whether this runs within a transaction. */
  get running(): boolean {
    return Boolean(this.current.get());
  }

  private get pool(): Queryable {
    return (this.dataSource.driver as PostgresDriver).master;
  }

  /** An injected repository as a part of the running transaction. Outside of a transaction, the repository itself. */
  repository<T extends ObjectLiteral>(repository: Repository<T>): Repository<T> {
    return this.current.get()?.manager.getRepository<T>(repository.target) ?? repository;
  }

  /**
   * Runs a statement that each connection plans once and keeps. For the hottest reads: planning one takes PostgreSQL
   * longer than running it. Its text is a constant, and belongs to its name.
   */
  async prepared<Row>({ name, text }: PreparedStatement, values: readonly unknown[]): Promise<Row[]> {
    const runner = this.current.get()?.manager.queryRunner;
    const connection: Queryable = runner ? await runner.connect() : this.pool;
    const { rows } = await connection.query({ name, text, values });
    return rows as Row[];
  }

  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. Inside another
   * `run` it joins that one. After a deadlock, a serialization failure or a foreign key violation
   * `work` is run again from its start, so it must do nothing but database work.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    return this.running ? work() : this.transaction(work, new Map(), false);
  }

  private async transaction<T>(
    work: () => Promise<T>,
    results: Map<string, unknown>,
    inTurn: boolean,
  ): Promise<T> {
    for (let attempt = 1; ; ) {
      try {
        return await this.attempt(work, results, { has: inTurn, end: null });
      } catch (error) {
        if (error instanceof TurnTaken) return this.inTurn(error.subjects, work, results);
        if (error instanceof StepOutside) {
          results.set(error.key, await error.work());
          continue;
        }
        if (attempt === MAX_ATTEMPTS || !isRetryable(error)) throw error;
        // A random pause, so that two transactions that met do not meet again.
        await sleep(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
        attempt += 1;
      }
    }
  }

  /**
   * Runs `work` in one transaction, as `run` does, for work that locks the rows of these subjects. In this process,
   * such work waits for its turn without a connection: otherwise a crowd that waits for one row holds all connections.
   * A running transaction that would have to wait is rolled back, and runs again from its start in its turn. Row locks
   * alone keep other processes apart.
   */
  async runInTurn<T>(subjects: readonly string[], work: () => Promise<T>): Promise<T> {
    const turn = this.current.get()?.turn;
    if (!turn) return this.inTurn(subjects, work, new Map());
    if (!turn.has) {
      turn.end = this.turns.tryBegin(subjects);
      if (!turn.end) throw new TurnTaken(subjects);
      turn.has = true;
    }
    return work();
  }

  /**
   * Runs `work` in its turn among the work on these subjects, as `runInTurn` does, but without a transaction: for work of
   * single statements. Must not be called within a transaction.
   */
  async takeTurn<T>(subjects: readonly string[], work: () => Promise<T>): Promise<T> {
    return this.turns.take(subjects, async () => {
      if (currentRequest()?.cancelled) throw timedOut();
      return work();
    });
  }

  /**
   * Begins work on these subjects as `takeTurn` does, if no other work on one of them runs or waits.
   * @returns the function that ends the turn; null: the work would wait
   */
  tryTurn(subjects: readonly string[]): (() => void) | null {
    return this.turns.tryBegin(subjects);
  }

  /**
   * Runs `work` in one transaction, as `runInTurn` does. Inside another transaction it runs in a savepoint: if `work` fails,
   * the transaction goes on without what `work` has written.
   */
  async runApart<T>(subjects: readonly string[], work: () => Promise<T>): Promise<T> {
    const transaction = this.current.get();
    if (!transaction) return this.runInTurn(subjects, work);
    return this.runInTurn(subjects, async () => {
      if (currentRequest()?.cancelled) throw timedOut();
      const { manager, beforeCommit, afterCommit } = transaction;
      const [before, after] = [new Map(beforeCommit), afterCommit.length];
      await manager.query('SAVEPOINT apart');
      try {
        const result = await work();
        await manager.query('RELEASE SAVEPOINT apart');
        return result;
      } catch (error) {
        // These end the whole transaction, which runs again.
        if (error instanceof StepOutside || error instanceof TurnTaken || isRetryable(error)) throw error;
        await manager.query('ROLLBACK TO SAVEPOINT apart');
        beforeCommit.clear();
        for (const [key, last] of before) beforeCommit.set(key, last);
        afterCommit.length = after;
        throw error;
      }
    });
  }

  private async inTurn<T>(
    subjects: readonly string[],
    work: () => Promise<T>,
    results: Map<string, unknown>,
  ): Promise<T> {
    return this.takeTurn(subjects, async () => this.transaction(work, results, true));
  }

  /**
   * Runs slow work, such as hashing a password or resolving a name, without a transaction and so without a connection.
   * Within a transaction, the first call rolls it back, and the transaction runs again from its start when the result
   * is there. The work must not depend on what the transaction has written. It runs in the tenant of the call.
   * @param key the same in each attempt; each key runs once a transaction
   */
  async outside<T>(key: string, work: () => Promise<T>): Promise<T> {
    const transaction = this.current.get();
    if (!transaction) return work();
    if (!transaction.results.has(key)) {
      const inContext = AsyncLocalStorage.snapshot();
      throw new StepOutside(key, async () => inContext(async () => this.current.run(null, work)));
    }
    return transaction.results.get(key) as T;
  }

  /**
   * Runs `work` at the end of the running transaction, as a part of it, in the order of the first calls and in the tenant
   * of its last call. Work of one `key` runs once.
   */
  beforeCommit(key: string, work: () => Promise<void>): void {
    const transaction = this.current.get();
    if (!transaction) throw new Error('There is no transaction to be a part of.');
    transaction.beforeCommit.set(key, AsyncLocalStorage.bind(work));
  }

  /**
   * Calls `notify` once the running transaction is committed, and never if it is rolled back. Outside of a
   * transaction, calls it at once.
   */
  afterCommit(notify: () => void): void {
    const transaction = this.current.get();
    if (transaction) transaction.afterCommit.push(notify);
    else notify();
  }

  private async attempt<T>(
    work: () => Promise<T>,
    results: ReadonlyMap<string, unknown>,
    turn: Turn,
  ): Promise<T> {
    const [beforeCommit, afterCommit] = [new Map<string, () => Promise<void>>(), new Array<() => void>()];
    const result = await this.dataSource
      .transaction((manager) =>
        this.current.run({ manager, beforeCommit, afterCommit, results, turn }, async () => {
          const done = await work();
          for (const last of beforeCommit.values()) await last();
          return done;
        }),
      )
      .finally(() => turn.end?.());
    for (const notify of afterCommit) notify();
    return result;
  }
}
