import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { execute } from '../../scheduling/database.js';
import type { Explained, PlanNode } from './plan.js';

/** Settings of auto_explain: the plan of every statement, also of those in functions and triggers. */
const SETTINGS = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_format': 'json',
  'auto_explain.log_parameter_max_length': '0',
};

/** The longest time from the end of a statement to the line of the log. */
const LOG_DELAY_MILLIS = 200;

/** Lets the server log the plans of all statements of a database, for connections from now on. */
export async function logPlans(serverUrl: string, database: string): Promise<void> {
  const settings = Object.entries(SETTINGS);
  await execute(
    serverUrl,
    ...settings.map(([name, value]) => `ALTER DATABASE ${database} SET ${name} = '${value}'`),
  );
}

/** The plans in the log of a server. */
export class PlanLog {
  private readonly path: string;

  constructor({ dataDir }: ThrowAwayPostgres) {
    this.path = join(dataDir, 'postgres', 'server.log');
  }

  /** The statements that the server executed while `work` was done. */
  async during(work: () => Promise<void>): Promise<Explained[]> {
    const { size: from } = await stat(this.path);
    await work();
    await sleep(LOG_DELAY_MILLIS);
    const log = await open(this.path);
    try {
      const { size } = await log.stat();
      const { buffer } = await log.read(Buffer.alloc(size - from), 0, size - from, from);
      return plansIn(buffer.toString());
    } finally {
      await log.close();
    }
  }
}

/** A plan follows its line, and each of its own lines begins with a tab. */
function plansIn(text: string): Explained[] {
  return [...text.matchAll(/^.* plan:\n((?:\t.*\n)+)/gm)].map(([, json]) => {
    const { 'Query Text': statement, Plan: plan }: { 'Query Text': string; Plan: PlanNode } = JSON.parse(
      json.replaceAll(/^\t/gm, ''),
    );
    return { statement: statement.replaceAll(/\s+/g, ' ').trim(), plan };
  });
}
