import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { TestApplication } from './application.js';

/** Statements that the service sends by itself, and those that identify a key. */
const BESIDE = /pg_notify|webhook|outbox_messages|FROM pending_reminders|api_keys/;

interface Statement {
  readonly name?: string;
  readonly text: string;
}

type Callback = (...result: unknown[]) => void;

/** The statements that the service has sent to its database since the last call of `take`, named ones by their names. */
export class SentStatements {
  private readonly sent: string[] = [];
  private held: { readonly name: string; readonly results: (() => void)[] } | null = null;

  constructor({ app }: TestApplication) {
    const pool = (app.get(DataSource).driver as PostgresDriver).master as Pool;
    // Each statement goes through a client of the pool.
    pool.on('acquire', (client) => {
      if (Object.hasOwn(client, 'noted')) return;
      Object.assign(client, { noted: true });
      const send = client.query.bind(client) as (...parameters: unknown[]) => unknown;
      client.query = ((...parameters: unknown[]) => {
        const [first] = parameters as [string | Statement];
        const { name, text } = typeof first === 'string' ? { name: undefined, text: first } : first;
        if (!BESIDE.test(text)) this.sent.push(name ?? text.trim());
        if (this.held !== null && name === this.held.name) return send(...this.holding(parameters));
        return send(...parameters);
      }) as typeof client.query;
    });
  }

  take(): string[] {
    return this.sent.splice(0);
  }

  /** Holds the results of a named statement until `release`. */
  hold(name: string): void {
    this.held = { name, results: [] };
  }

  /** The number of results that are held. */
  get heldResults(): number {
    return this.held?.results.length ?? 0;
  }

  release(): void {
    const results = this.held?.results ?? [];
    this.held = null;
    for (const result of results) result();
  }

  /** The parameters of a query whose callback, the last of them, waits for `release`. */
  private holding(parameters: readonly unknown[]): unknown[] {
    const callback = parameters.at(-1) as Callback;
    const late: Callback = (...result) => this.held?.results.push(() => callback(...result));
    return [...parameters.slice(0, -1), late];
  }
}
