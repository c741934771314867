import type { PoolOptions } from './pool-options.js';
import { settingsStatement } from './session-settings.js';

/**
 * What the service tells PostgreSQL before its own statements. Without a pooler a connection is one session, which is
 * set once. A pooler in transaction mode may give each transaction another session, so each transaction sets its own.
 */
export class Session {
  readonly pooled: boolean;
  /** Sends a connection's errors to the listener. */
  onError: (error: unknown) => void = () => undefined;

  constructor(private readonly options: Omit<PoolOptions, 'poolSize'>) {
    this.pooled = options.pooler === 'transaction';
  }

  /** The statement that a new connection begins with; null if the session is not the connection's own. */
  get opening(): string | null {
    if (this.pooled) return null;
    const settings = settingsStatement(this.options.schema, true, false);
    return this.options.overridesReadOnly
      ? `${settings}, set_config('default_transaction_read_only', 'off', false)`
      : settings;
  }

  /** The statements that a transaction begins with. */
  get beginning(): string {
    const begin = 'START TRANSACTION ISOLATION LEVEL READ COMMITTED, NOT DEFERRABLE';
    if (!this.pooled) return begin;
    const settings = settingsStatement(this.options.schema, false, true);
    // A standby refuses to be told that it is not read-only.
    const writable = `CASE WHEN NOT pg_is_in_recovery() THEN set_config('transaction_read_only', 'off', true) END`;
    return `${begin}; ${settings}${this.options.overridesReadOnly ? `, ${writable}` : ''}`;
  }
}
