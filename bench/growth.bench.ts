import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { startInstance } from './load/instance.js';
import { HotOperations } from './pairs/hot-operations.js';
import { measuredAgain } from './pairs/measured-again.js';
import { loadNow } from './pairs/pair-report.js';
import { Peer } from './pairs/peer.js';
import { ProcessorTimes } from './pairs/processor-times.js';
import { Rounds } from './pairs/rounds.js';
import type { Scenario } from './scenario.js';
import { addEvents, connected, createUsers, newDatabase } from './scheduling/database.js';
import { calendarOf, EVENTS_EACH, pastOf, TODAY, USER_IDS, USERS, zoneOf } from './scheduling/dataset.js';

const GOAL = 1.1;
const ROUNDS = 30;

/** The users whose calendars an incremental list follows. The other requests do not concern them. */
const SYNCED = 20;

/** Compares the service on two databases, one of which has ten times the past. */
export const scenario: Scenario = {
  title: 'Growth',
  run: async () => {
    const load = loadNow();
    const server = await startThrowAwayPostgres({});
    const running: Peer[] = [];
    const client = await connected(server.url);
    try {
      const url = await newDatabase(server.url, 'now');
      await createUsers(url);
      await addEvents(url, calendarOf);
      const pastUrl = await newDatabase(server.url, 'past', 'now');
      await addEvents(pastUrl, pastOf);
      const peerOf = async (name: string, database: string): Promise<Peer> => {
        const peer = new Peer(name, await startInstance(database, { LOG_LEVEL: 'warn' }));
        running.push(peer);
        return peer;
      };
      const peers = [await peerOf('now', url), await peerOf('past', pastUrl)] as const;
      const users = USER_IDS.map((id) => ({ id, timeZone: zoneOf(id) })).map((user) => [user, user] as const);
      const hot = new HotOperations(TODAY);
      const sync = await hot.sync(peers, users.slice(-SYNCED));
      const operations = hot.of(hot.random(users.slice(0, -SYNCED), sync), { calls: 10, warmUp: 200 });
      const rounds = new Rounds(peers, new ProcessorTimes(client));
      await rounds.warmUp(operations);
      return [
        `${USERS} users with ${EVENTS_EACH.toLocaleString('en-US')} events each, and the same users with nine times as many more events, all past. Two instances on one PostgreSQL with \`fsync\`, one client, ${ROUNDS} rounds in which the instances take turns with the same requests. A ratio is the median of the ratios of the rounds.`,
        await measuredAgain(rounds, operations, ROUNDS, ['present', 'with the past'], GOAL),
        `Load average of the machine for 1, 5 and 15 minutes: ${load} at the start, ${loadNow()} at the end.`,
      ].join('\n\n');
    } finally {
      for (const peer of running) await peer.stop();
      await client.end();
      await server.stop();
    }
  },
};
