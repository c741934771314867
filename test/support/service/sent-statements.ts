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

/** The statements that the service has sent to its database since the last call of `take`, named ones by their names. */
export class SentStatements {
  private readonly sent: string[] = [];

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
        return send(...parameters);
      }) as typeof client.query;
    });
  }

  take(): string[] {
    return this.sent.splice(0);
  }
}
