import type { ThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { startInstance } from '../../load/instance.js';
import type { Call } from '../../load/send.js';
import { HotOperations, type UserOfPeers } from '../../pairs/hot-operations.js';
import { Peer } from '../../pairs/peer.js';
import { connected } from '../../scheduling/database.js';
import type { ScalePeers } from '../scale-peers.js';
import { type CheckedPlan, checkedPlan, worstPlans } from './plan-check.js';
import { logPlans, PlanLog } from './plan-log.js';

/** The requests of each kind whose plans are checked. They concern users of whom the instance has nothing in memory. */
const CALLS = 4;

/** Requests of each kind before, so that the statements have the plans that PostgreSQL keeps. */
const WARM_UP = 10;

/** The plans of the statements that the requests of each kind cause on the large database. */
export async function plansOfRequests(
  server: ThrowAwayPostgres,
  url: string,
  peers: ScalePeers,
  anchor: number,
): Promise<Map<string, CheckedPlan[]>> {
  const tables = await tableSizes(url);
  await logPlans(server.url, 'large');
  const peer = new Peer('large', await startInstance(url, { LOG_LEVEL: 'warn' }));
  const plans = new Map<string, CheckedPlan[]>();
  try {
    const hot = new HotOperations(anchor, 9);
    const sync = await hot.sync([peer, peer], large(peers.takeFresh(CALLS)));
    const sizes = { calls: CALLS, warmUp: WARM_UP };
    for (const { take } of hot.of(hot.random(large(peers.used), sync), sizes))
      for (const call of take(WARM_UP)[1]) await peer.send(call);
    const fresh = peers.fresh(sync);
    const choice = { ...fresh, users: (count: number) => large(fresh.users(count)) };
    const log = new PlanLog(server);
    const explain = async (name: string, calls: readonly Call[]): Promise<void> => {
      const explained = await log.during(async () => {
        for (const call of calls) await peer.send(call);
      });
      if (explained.length === 0) throw new Error(`The log of the server has no plans of "${name}".`);
      plans.set(name, worstPlans(explained.map((one) => checkedPlan(one, tables))));
    };
    for (const { name, take } of hot.of(choice, sizes)) await explain(name, take(CALLS)[1]);
    const again = await changedAfterReads(peer, hot, large(peers.takeFresh(CALLS)));
    await explain('free/busy after a change', again);
  } finally {
    await peer.stop();
  }
  return plans;
}

/** Reads busy time of each user, and then changes it. @returns the same reads again */
async function changedAfterReads(
  peer: Peer,
  hot: HotOperations,
  users: readonly UserOfPeers[],
): Promise<Call[]> {
  const reads: Call[] = [];
  for (const [user] of users) {
    const read = hot.next('free/busy of a week')([user]);
    await peer.send(read);
    await peer.send(hot.next('create with two invited users')([user]));
    reads.push(read);
  }
  return reads;
}

/** The rows of each table, as the server estimates them. */
async function tableSizes(url: string): Promise<Map<string, number>> {
  const client = await connected(url);
  const { rows } = await client.query<{ name: string; rows: number }>(
    `SELECT relname AS name, reltuples AS rows FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  await client.end();
  return new Map(rows.map((row) => [row.name, row.rows]));
}

/** The same users for a peer that takes the place of both. */
function large(users: readonly UserOfPeers[]): UserOfPeers[] {
  return users.map(([, user]) => [user, user]);
}
