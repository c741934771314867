import type { ThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { startInstance } from '../../load/instance.js';
import { HotOperations } from '../../pairs/hot-operations.js';
import { Peer } from '../../pairs/peer.js';
import type { Keep } from '../../scenario.js';
import { connected } from '../../scheduling/database.js';
import type { ScalePeers } from '../scale-peers.js';
import { treeOf } from './plan.js';
import { type CheckedPlan, checkedPlan, worstPlans } from './plan-check.js';
import { logPlans, PlanLog } from './plan-log.js';

/** The requests of each kind whose plans are checked: the first ones find nothing in memory. */
const CALLS = 4;

/** Requests of each kind before, so that the statements have the plans that they keep. */
const WARM_UP = 10;

/** The longest part of a statement in the table. */
const MAX_STATEMENT = 90;

/**
 * Checks the plans of the statements that the hot requests cause on the large database, and keeps them. The exit status is
 * 1 if one has a fault.
 */
export async function planReport(
  server: ThrowAwayPostgres,
  url: string,
  peers: ScalePeers,
  anchor: number,
  keep: Keep,
): Promise<string> {
  const tables = await tableSizes(url);
  await logPlans(server.url, 'large');
  const peer = new Peer('large', await startInstance(url, { LOG_LEVEL: 'warn' }));
  const both = [peer, peer] as const;
  const rows: string[] = [];
  const faults: string[] = [];
  try {
    const hot = new HotOperations(anchor, 9);
    const users = peers.used.map(([, large]) => [large, large] as const);
    const warmUp = hot.of(hot.random(users, await hot.sync(both, users.slice(0, 2))), {
      calls: 0,
      warmUp: 0,
    });
    for (const { take } of warmUp) for (const call of take(WARM_UP)[1]) await peer.send(call);
    const fresh = () => peers.takeFresh(1).map(([, large]) => [large, large] as const);
    const sync = await hot.sync(both, Array.from({ length: CALLS }, fresh).flat());
    const log = new PlanLog(server);
    for (const { name, take } of hot.of(ofLarge(peers.fresh(sync)), { calls: CALLS, warmUp: 0 })) {
      const [, calls] = take(CALLS);
      const explained = await log.during(async () => {
        for (const call of calls) await peer.send(call);
      });
      if (explained.length === 0) throw new Error(`The log of the server has no plans of: ${name}.`);
      const plans = worstPlans(explained.map((one) => checkedPlan(one, tables)));
      await keep(`${name.replaceAll(/[^a-z0-9]+/g, '-')}.txt`, plans.map(textOf).join('\n\n'));
      for (const plan of plans.filter(({ read, used }) => read + used > 0)) rows.push(rowOf(name, plan));
      for (const plan of plans)
        for (const fault of plan.faults)
          faults.push(`**A plan of "${name}" has ${fault}: \`${startOf(plan)}\`.**`);
    }
  } finally {
    await peer.stop();
  }
  if (faults.length > 0) process.exitCode = 1;
  return [
    'The plans of the statements on the large database (`auto_explain`; [all of them](scale/)), each with the execution that read most. Read: rows of large tables, also those that a filter drops. Used: the rows that the statement returned, wrote or aggregated.',
    [
      '| request | statement | rows read | used | blocks | by |',
      '|---|---|---:|---:|---:|---|',
      ...rows,
    ].join('\n'),
    faults.length === 0
      ? 'No sequential scan of a large table, and no plan reads rows out of proportion.'
      : faults.join('\n\n'),
  ].join('\n\n');
}

function ofLarge(choice: ReturnType<ScalePeers['fresh']>): ReturnType<ScalePeers['fresh']> {
  return { ...choice, users: (count) => choice.users(count).map(([, large]) => [large, large] as const) };
}

async function tableSizes(url: string): Promise<Map<string, number>> {
  const client = await connected(url);
  const { rows } = await client.query<{ name: string; rows: number }>(
    `SELECT relname AS name, reltuples AS rows FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  await client.end();
  return new Map(rows.map((row) => [row.name, row.rows]));
}

function rowOf(name: string, plan: CheckedPlan): string {
  const numbers = [plan.read, plan.used, plan.blocks].map((value) => Math.round(value));
  return `| ${[name, `\`${startOf(plan)}\``, ...numbers, plan.scans.join(', ')].join(' | ')} |`;
}

function startOf({ statement }: CheckedPlan): string {
  const start = statement.length > MAX_STATEMENT ? `${statement.slice(0, MAX_STATEMENT)}…` : statement;
  return start.replaceAll('|', String.raw`\|`);
}

function textOf({ statement, plan }: CheckedPlan): string {
  return `${statement}\n${treeOf(plan)}`;
}
