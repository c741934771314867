import { callbackify } from 'node:util';
import { Client, type ClientConfig, type QueryResult } from 'pg';
import { prefersTls } from '../../platform/configuration/sections/connection-url.js';
import { preferTls } from '../connection/prefer-tls.js';
import { addStartupOptions } from '../connection/startup-options.js';
import { statementOfAuthor } from './change-author.js';
import type { Session } from './session.js';
import { traceStatement } from './trace-statement.js';

export interface SessionClientConfig extends ClientConfig {
  readonly session: Session;
}

interface Statement {
  readonly text: string;
  readonly name?: string;
  readonly values?: unknown[];
}

type Result = QueryResult | QueryResult[];
type Callback = (error: Error | null, result?: Result) => void;

const ignore = (): void => undefined;

/**
 * A connection on which each statement runs under the settings of its `Session`, under any defaults of the server,
 * the database and the role. Behind a pooler in transaction mode it sends no named statements, and each statement
 * outside of a transaction becomes a transaction of its own.
 */
export class SessionClient extends Client {
  private readonly session: Session;
  private readonly send: (statement: Statement) => Promise<Result>;
  private inTransaction = false;

  constructor(config: SessionClientConfig) {
    // The three statements of such a transaction go to the server together.
    super({ ...config, pipeline: config.session.pooled });
    if (prefersTls(config.connectionString)) preferTls(this);
    addStartupOptions(this, config.session.startupOptions);
    this.session = config.session;
    this.send = super.query.bind(this) as (statement: Statement) => Promise<Result>;
    this.query = this.queryInSession.bind(this) as Client['query'];
    this.connect = this.connectSession.bind(this) as Client['connect'];
  }

  private connectSession(
    callback?: (error: Error | null, client?: Client) => void,
  ): Promise<Client> | undefined {
    const connected = this.open();
    if (!callback) return connected;
    callbackify(async () => connected)(callback);
    return undefined;
  }

  private async open(): Promise<Client> {
    // The pool listens for errors only once the connection is its own.
    this.on('error', ignore);
    try {
      await super.connect();
      const { opening } = this.session;
      if (opening !== null) await this.send({ text: opening });
      return this;
    } catch (error) {
      this.session.noticeRefusal(error);
      this.session.onError(error);
      void this.end().catch(ignore);
      throw error;
    } finally {
      this.off('error', ignore);
    }
  }

  private queryInSession(
    first: string | Statement,
    second?: unknown[] | Callback,
    third?: Callback,
  ): Promise<Result> | undefined {
    const callback = typeof second === 'function' ? second : third;
    const values = Array.isArray(second) ? { values: second } : {};
    const statement = typeof first === 'string' ? { text: first, ...values } : { ...first, ...values };
    const { schema } = this.session;
    const traced = traceStatement(this, schema, statement.text, async () => this.execute(statement));
    const result = traced.catch((error: unknown) => {
      this.session.onError(error);
      throw error;
    });
    if (!callback) return result;
    callbackify(async () => result)(callback);
    return undefined;
  }

  private async execute(statement: Statement): Promise<Result> {
    const { text } = statement;
    if (text === 'START TRANSACTION') {
      this.inTransaction = true;
      return this.begin();
    }
    if (!this.session.pooled) return this.send(statement);
    const { name: _, ...unnamed } = statement;
    if (!this.inTransaction) return this.alone(unnamed);
    if (text === 'COMMIT' || text === 'ROLLBACK') this.inTransaction = false;
    return this.send(unnamed);
  }

  private async begin(): Promise<Result> {
    const { statesReadWrite } = this.session;
    const author = statementOfAuthor();
    try {
      const result = await this.send({ text: this.session.beginning(author) });
      this.session.begun(result);
      return result;
    } catch (error) {
      if (!statesReadWrite || !this.session.learnsRecovery(error)) throw error;
      return this.send({ text: this.session.beginning(author) });
    }
  }

  /** Runs a statement in a transaction of its own; resolves once that is committed. */
  private async alone(statement: Statement): Promise<Result> {
    const beginning = this.begin();
    // A refused beginning leaves no transaction, and the statement must not run without one.
    if (this.session.statesReadWrite) await beginning;
    const [begun, done, committed] = await Promise.allSettled([
      beginning,
      this.send(statement),
      this.send({ text: 'COMMIT' }),
    ]);
    for (const step of [begun, done, committed]) if (step.status === 'rejected') throw step.reason;
    return (done as PromiseFulfilledResult<Result>).value;
  }
}
