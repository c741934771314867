import { fileURLToPath } from 'node:url';
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { MAX_QUEUED_REQUESTS } from '../src/http/load/request-queue.js';
import { bareDatabase } from './floor/bare/bare-database.js';
import { datasetOf } from './floor/data/calendars.js';
import { serviceDatabase } from './floor/service-database.js';
import { sizesOf } from './floor/sizes.js';
import { callFor } from './load/callers.js';
import { type Instance, mostMemory, startInstance } from './load/instance.js';
import { mixOf } from './load/mix.js';
import { recoveryTime, usualTime } from './load/recovery.js';
import { Refusals } from './load/refusals.js';
import { throughputTable } from './load/throughput-report.js';
import { loadNow, numberOf } from './pairs/pair-report.js';
import { Peer } from './pairs/peer.js';
import type { Scenario } from './scenario.js';

const BARE = fileURLToPath(new URL('floor/bare/bare-instance.js', import.meta.url));
const WARM_UP_SECONDS = 10;

/** More than an instance serves and queues. */
const OVERLOAD_CALLERS = MAX_QUEUED_REQUESTS + 500;
const OVERLOAD_SECONDS = 10;
const MOST_RECOVERY_MILLIS = 1_000;

/**
 * Compares the service with a bare one under many concurrent callers, and overloads the service. The exit status is 1 if a
 * response is an error that the overload does not explain, or if the service does not recover within a second.
 */
export const scenario: Scenario = {
  title: 'Concurrency',
  run: async () => {
    const load = loadNow();
    const sizes = sizesOf(process.env, { USERS: '100', EVENTS: '400', ROUNDS: '1' });
    const { CALLERS = '200', SECONDS = '60' } = process.env;
    const [callers, seconds] = [Number(CALLERS), Number(SECONDS)];
    const server = await startThrowAwayPostgres({});
    const instances: Instance[] = [];
    try {
      const dataset = datasetOf(sizes);
      const mix = (seed: number) => mixOf(dataset, sizes.anchor, seed);
      const serviceUrl = await serviceDatabase(server.url, dataset);
      const bareUrl = await bareDatabase(server.url, dataset, sizes.anchor);
      instances.push(
        await startInstance(bareUrl, {}, [BARE]),
        await startInstance(serviceUrl, { LOG_LEVEL: 'warn' }),
      );
      const [bare, service] = instances;
      const peer = new Peer('service', service);
      for (const { url } of instances) await callFor(WARM_UP_SECONDS, callers, [url], mix(1));
      const usual = await usualTime(peer, mix(2));

      const ofBare = await callFor(seconds, callers, [bare.url], mix(3), { hangUp: true });
      const refusals = new Refusals();
      const ofService = await callFor(seconds, callers, [service.url], mix(3), {
        onRefusal: refusals.add,
        hangUp: true,
      });
      const recovered = await recoveryTime(peer, mix(4), usual);

      const beyond = new Refusals();
      const overload = await callFor(OVERLOAD_SECONDS, OVERLOAD_CALLERS, [service.url], mix(5), {
        onRefusal: beyond.add,
        hangUp: true,
      });
      const recoveredAgain = await recoveryTime(peer, mix(6), usual);
      const faults = [
        ...refusals.kinds,
        ...beyond.kinds.filter((kind) => kind !== '503 overloaded'),
        ...[recovered, recoveredAgain]
          .filter((time) => time > MOST_RECOVERY_MILLIS)
          .map((time) => `a recovery in ${time.toFixed(0)} ms`),
      ];
      if (faults.length > 0) process.exitCode = 1;
      return [
        `${numberOf(sizes.users)} users with ${numberOf(sizes.events)} entries each. ${callers} concurrent callers send 45 % lists of a week, 30 % free/busy, 15 % searches of the nearest hour and 10 % creations, for ${seconds} s to the bare service of [floor](floor.md) and then to the service. Services, PostgreSQL with \`fsync\` and the callers share the processors.`,
        throughputTable(ofBare, ofService),
        `The callers then hang up. The first response that takes no longer than usual (${usual.toFixed(0)} ms, the p99 of a single caller before) comes ${recovered.toFixed(0)} ms later.`,
        `Beyond the bound: ${numberOf(OVERLOAD_CALLERS)} callers for ${OVERLOAD_SECONDS} s, more than the service takes and queues. ${numberOf(overload.calls)} responses are successes, and these are not: ${beyond.text}. The service recovers in ${recoveredAgain.toFixed(0)} ms. Most memory of the process: ${(await mostMemory(service.pid)).toFixed(0)} MB.`,
        faults.length > 0
          ? `**Faults: ${faults.join(', ')}. Under the load: ${refusals.text}.**`
          : 'No other response is an error.',
        `Load average of the machine for 1, 5 and 15 minutes: ${load} at the start, ${loadNow()} at the end.`,
      ].join('\n\n');
    } finally {
      for (const instance of instances) await instance.stop();
      await server.stop();
    }
  },
};
