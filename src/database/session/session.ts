import type { QueryResult } from 'pg';
import { errorCode } from '../../platform/error-code.js';
import type { PoolOptions } from '../connection/pool-options.js';
import { settingExpression, settingsStatement, startupOptions } from './session-settings.js';

/** PostgreSQL's feature_not_supported: a server in recovery starts no transaction that states READ WRITE. */
const NOT_SUPPORTED = '0A000';

/**
 * The settings that the service sends to PostgreSQL before its own statements. Without a pooler a connection is one
 * session, which is
 * set once. A pooler in transaction mode may give each transaction another session, so each transaction sets its own.
 */
export class Session {
  readonly schema: string;
  readonly pooled: boolean;
  /** The statement that a new connection begins with; null if the session is not the connection's own. */
  readonly opening: string | null;
  /** Sends a connection's errors to the listener. */
  onError: (error: unknown) => void = () => undefined;
  /** Whether transactions state READ WRITE, unless the server is in recovery. */
  private readonly adapts: boolean;
  private readonly begin: string;
  /** What follows `begin` behind a pooler; null: nothing. */
  private readonly settings: string | null;
  private readonly options: string;
  private sendsOptions: boolean;
  private inRecovery = false;

  constructor({ schema, pooler, overridesReadOnly, sendsOptions }: Omit<PoolOptions, 'poolSize'>) {
    this.schema = schema;
    this.pooled = pooler === 'transaction';
    this.adapts = this.pooled && overridesReadOnly;
    this.sendsOptions = sendsOptions && !this.pooled;
    this.options = startupOptions(schema);
    this.begin = 'START TRANSACTION ISOLATION LEVEL READ COMMITTED, NOT DEFERRABLE';
    if (this.pooled) {
      this.opening = null;
      const recovery = overridesReadOnly ? ', pg_catalog.pg_is_in_recovery() AS "inRecovery"' : '';
      this.settings = settingsStatement(schema, false, true) + recovery;
    } else {
      const writable = overridesReadOnly
        ? `, ${settingExpression('default_transaction_read_only', 'off', false)}`
        : '';
      this.opening = settingsStatement(schema, true, false) + writable;
      this.settings = null;
    }
  }

  /** The `options` of a new connection's start-up packet; null if it has none. */
  get startupOptions(): string | null {
    return this.sendsOptions ? this.options : null;
  }

  /** Whether `beginning` states that the transaction is read-write, which a server in recovery refuses. */
  get statesReadWrite(): boolean {
    return this.adapts && !this.inRecovery;
  }

  /** The statements that a transaction begins with. @param author the statement of its author; null: none */
  beginning(author: string | null): string {
    const begin = this.statesReadWrite ? `${this.begin}, READ WRITE` : this.begin;
    return [begin, author, this.settings].filter((statement) => statement !== null).join('; ');
  }

  /** Learns from the results of `beginning` whether the server is in recovery. */
  begun(results: QueryResult | QueryResult[]): void {
    if (!this.adapts || !Array.isArray(results)) return;
    const row = results.at(-1)?.rows[0] as { inRecovery: boolean };
    this.inRecovery = row.inRecovery;
  }

  /**
   * Learns from the error of a `beginning` that stated READ WRITE whether the server is in recovery.
   * @returns whether the transaction can begin without it
   */
  learnsRecovery(error: unknown): boolean {
    if (errorCode(error) !== NOT_SUPPORTED) return false;
    this.inRecovery = true;
    return true;
  }

  /** Sends no options with the connections to come if a pooler refuses them. */
  noticeRefusal(error: unknown): void {
    if (refusesOptions(error)) this.sendsOptions = false;
  }
}

/**
 * The errors of poolers and servers for `options` that they do not know: protocol_violation, feature_not_supported,
 * undefined_object.
 */
const OPTIONS_REFUSED = new Set<string | null>(['08P01', NOT_SUPPORTED, '42704']);

/** Whether a new connection may have been refused for the `options` of its start-up packet. */
export function refusesOptions(error: unknown): boolean {
  return OPTIONS_REFUSED.has(errorCode(error));
}
