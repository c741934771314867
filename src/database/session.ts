import type { PoolOptions } from './pool-options.js';
import { settingsStatement } from './session-settings.js';

/**
 * What the service tells PostgreSQL before its own statements. Without a pooler a connection is one session, which is
 * set once. A pooler in transaction mode may give each transaction another session, so each transaction sets its own.
 */
export class Session {
  readonly schema: string;
  readonly pooled: boolean;
  /** The statement that a new connection begins with; null if the session is not the connection's own. */
  readonly opening: string | null;
  /** The statements that a transaction begins with. */
  readonly beginning: string;
  /** Sends a connection's errors to the listener. */
  onError: (error: unknown) => void = () => undefined;

  constructor({ schema, pooler, overridesReadOnly }: Omit<PoolOptions, 'poolSize'>) {
    this.schema = schema;
    this.pooled = pooler === 'transaction';
    const begin = 'START TRANSACTION ISOLATION LEVEL READ COMMITTED, NOT DEFERRABLE';
    if (this.pooled) {
      this.opening = null;
      const mode = overridesReadOnly ? ', READ WRITE' : '';
      this.beginning = `${begin}${mode}; ${settingsStatement(schema, false, true)}`;
    } else {
      const writable = overridesReadOnly ? `, set_config('default_transaction_read_only', 'off', false)` : '';
      this.opening = settingsStatement(schema, true, false) + writable;
      this.beginning = begin;
    }
  }
}
