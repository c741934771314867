import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { datasetOf } from './floor/data/calendars.js';
import { HotOperations } from './pairs/hot-operations.js';
import { measuredAgain } from './pairs/measured-again.js';
import { loadNow, numberOf } from './pairs/pair-report.js';
import { LOADING_SETTINGS, largeDatabase, smallDatabase } from './scale/databases.js';
import { memoryReport } from './scale/memory-report.js';
import { planReport } from './scale/plans/plan-report.js';
import { plansOfRequests } from './scale/plans/plans-of-requests.js';
import { ScalePeers } from './scale/scale-peers.js';
import { scaleSizesOf } from './scale/scale-sizes.js';
import type { Keep, Scenario } from './scenario.js';

const COLD_GOAL = 2;
const WARM_GOAL = 1.2;

/**
 * Compares the service on a database with the service on one that has many times as many users, with equal calendars. The
 * exit status is 1 if a ratio is above its goal twice, if a plan has a fault, or if the memory is above its bound.
 */
export const scenario: Scenario = {
  title: 'Scale',
  run: async (keep: Keep) => {
    const load = loadNow();
    const sizes = await scaleSizesOf(process.env);
    const { copies, anchor, rounds } = sizes;
    const server = await startThrowAwayPostgres(LOADING_SETTINGS);
    try {
      const dataset = datasetOf(sizes);
      const began = performance.now();
      const smallUrl = await smallDatabase(server.url, dataset);
      const loading = performance.now();
      const largeUrl = await largeDatabase(server.url, smallUrl, copies);
      const loaded = performance.now();
      const peers = await ScalePeers.start(server, [smallUrl, largeUrl], dataset, copies);
      try {
        const hot = new HotOperations(anchor);
        await peers.warmUp(hot);
        const sync = await peers.sync(hot);
        await peers.restartServer(hot);
        const cold = hot.of(peers.fresh(sync), { calls: peers.coldCalls, warmUp: 0 });
        const names = ['small', 'large'] as const;
        const coldTable = await measuredAgain(peers.rounds, cold, ScalePeers.COLD_ROUNDS, names, COLD_GOAL);
        const warm = hot.of(hot.random(peers.used, sync), { calls: 20, warmUp: 60 });
        await peers.rounds.warmUp(warm);
        const warmTable = await measuredAgain(peers.rounds, warm, rounds, names, WARM_GOAL);
        return [
          `${numberOf(dataset.events.length)} events of ${numberOf(sizes.users)} users in the small database, and ${numberOf(dataset.events.length * copies)} events of ${numberOf(sizes.users * copies)} users in the large one, each user with ${sizes.events} entries about ${new Date(anchor).toISOString().slice(0, 10)}. The large database is ${copies} copies of the small one, row by row in turn, so equal requests concern equal calendars. COPY, the indexes and the checks of the foreign keys took ${seconds(loaded - loading)}, and the small database ${seconds(loading - began)}. ${await peers.sizesOfDatabases()}`,
          'Two instances on one PostgreSQL with `fsync`, one client, peers in turn. A ratio is the median of the ratios of the rounds.',
          `Cold: the server was restarted, and no instance has read the users before. The page cache of the operating system is warm.`,
          coldTable,
          'Warm: the same users again.',
          warmTable,
          await planReport(await plansOfRequests(server, largeUrl, peers, anchor), keep),
          await memoryReport(largeUrl, sizes),
          `Load average of the machine for 1, 5 and 15 minutes: ${load} at the start, ${loadNow()} at the end.`,
        ].join('\n\n');
      } finally {
        await peers.stop();
      }
    } finally {
      await server.stop();
    }
  },
};

function seconds(millis: number): string {
  return `${numberOf(Math.round(millis / 1_000))} s`;
}
