import { fileURLToPath } from 'node:url';
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { bareDatabase } from './floor/bare/bare-database.js';
import { Comparison } from './floor/comparison.js';
import { datasetOf } from './floor/data/calendars.js';
import { latencyTable, overBound, processorTable, type Results } from './floor/floor-report.js';
import { operationsOf } from './floor/operations.js';
import { serviceDatabase } from './floor/service-database.js';
import { type Sizes, sizesOf } from './floor/sizes.js';
import { startInstance } from './load/instance.js';
import { loadNow, numberOf } from './pairs/pair-report.js';
import { Peer } from './pairs/peer.js';
import { ProcessorTimes } from './pairs/processor-times.js';
import { Rounds } from './pairs/rounds.js';
import type { Scenario } from './scenario.js';
import { connected } from './scheduling/database.js';

const BARE = fileURLToPath(new URL('floor/bare/bare-instance.js', import.meta.url));

/** Compares the service with a bare one over stored occurrences. The exit status is 1 if a ratio is above its bound. */
export const scenario: Scenario = {
  title: 'Floor',
  run: async () => {
    const sizes = sizesOf(process.env);
    const load = loadNow();
    // The default settings of durability: PostgreSQL writes each commit to the disk.
    const server = await startThrowAwayPostgres({});
    const peers: Peer[] = [];
    const client = await connected(server.url);
    try {
      const dataset = datasetOf(sizes);
      const serviceUrl = await serviceDatabase(server.url, dataset);
      const service = new Peer('service', await startInstance(serviceUrl, { LOG_LEVEL: 'warn' }));
      peers.push(service);
      const bareUrl = await bareDatabase(server.url, dataset, sizes.anchor);
      const bare = new Peer('bare', await startInstance(bareUrl, {}, [BARE]));
      peers.push(bare);

      const comparison = new Comparison(bare, service, sizes.anchor);
      const operations = operationsOf(dataset, sizes);
      const rounds = new Rounds([bare, service], new ProcessorTimes(client));
      await comparison.ofReads(dataset);
      await rounds.warmUp(operations);
      await comparison.ofCreated(dataset);
      const results = await rounds.measure(operations, sizes.rounds);
      const slow = overBound(results);
      const again = await rounds.measure(
        operations.filter(({ name }) => slow.includes(name)),
        sizes.rounds,
      );
      await comparison.ofCreated(dataset);
      if (overBound(again).length > 0) process.exitCode = 1;
      return reportOf(sizes, comparison.equal, load, results, again);
    } finally {
      for (const peer of peers) await peer.stop();
      await client.end();
      await server.stop();
    }
  },
};

function reportOf(sizes: Sizes, equal: number, loadBefore: string, results: Results, again: Results): string {
  return [
    `The service beside a bare one: Fastify and \`pg\` over stored occurrences, without validation, access rules, ETags, logs, metrics and a change log, which the service has. Both are processes of their own on one PostgreSQL with \`fsync\`, and get the same requests in turn. ${numberOf(sizes.users)} users with ${numberOf(sizes.events)} entries each about ${new Date(sizes.anchor).toISOString().slice(0, 10)}; ${sizes.rounds} rounds after a warm-up. ${numberOf(equal)} responses of both were compared, and all were equal.`,
    `Load average of the machine for 1, 5 and 15 minutes: ${loadBefore} at the start, ${loadNow()} at the end.`,
    'A ratio is the median of the ratios of the rounds. One caller, if not said otherwise, who parses the response within the measured time; eight callers do not parse it. The list of the service contains all attendees of each event, and the list of the bare service none. The created events are single ones: the bare service stores no new series.',
    latencyTable(results),
    'Processor time of a request, which depends less on other work of the machine:',
    processorTable(results),
    ...(again.size > 0
      ? ['Measured a second time, because the ratio was above its bound:', latencyTable(again)]
      : []),
    ...overBound(again).map((name) => `**Above its bound twice: ${name}.**`),
  ].join('\n\n');
}
