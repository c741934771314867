import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from '../support/client/client.js';
import { expectEachOnce, keepLedger, type Ledger, writtenSome } from '../support/client/ledger.js';
import { readSteadily, type SteadyReads } from '../support/client/steady-reads.js';
import { createUsers } from '../support/client/users.js';
import { eventually, query } from '../support/database/data-directory.js';
import { ReplicatedInstances } from '../support/service/replicated-instances.js';

const WINDOW = 'from=2022-09-05T00:00:00Z&to=2022-09-06T00:00:00Z';
const EVENT = { title: 'Planning', start_date: '2022-09-05T10:00:00Z', duration: 3600 };

const WRITERS = 2;

/** Milliseconds for which a part is gone. */
const DOWN_MS = 3_000;

describe('two instances behind PgBouncer with a replica', () => {
  let deployment: ReplicatedInstances;
  let clients: Client[];
  let reader: number;

  beforeAll(async () => {
    deployment = await ReplicatedInstances.start();
    clients = deployment.instances.urls.map((url) => new Client(url));
    [reader] = await createUsers(clients[0], 1);
    await deployment.replayed();
  });
  afterAll(async () => deployment.stop());

  async function listed(client: Client): Promise<number[]> {
    const { status, body } = await client.get(`/users/${reader}/events?${WINDOW}`);
    expect(status).toBe(200);
    return body.map(({ id }) => id);
  }

  /** Expects that both instances read lists from the replica, and that all other reads are current. */
  async function expectReplicaInUse(): Promise<void> {
    await query(deployment.replica.url, 'SELECT pg_wal_replay_pause()');
    try {
      for (const writer of clients) {
        const { body: event } = await writer.create('/events', { ...EVENT, organizer_user_id: reader });
        for (const client of clients) {
          // An instance rests from the replica for a while after a failure.
          await eventually(async () => !(await listed(client)).includes(event.id));
          expect((await client.get(`/events/${event.id}`)).status).toBe(200);
          const { body } = await client.get(`/free-busy?user_ids=${reader}&${WINDOW}`);
          expect(body[0].busy).toEqual([{ start: '2022-09-05T10:00:00Z', end: '2022-09-05T11:00:00Z' }]);
        }
      }
    } finally {
      await query(deployment.replica.url, 'SELECT pg_wal_replay_resume()');
    }
    await deployment.replayed();
    for (const client of clients) {
      const { body: all } = await client.get(`/events?organizer_user_id=${reader}&${WINDOW}&limit=1000`);
      expect((await listed(client)).toSorted((a, b) => a - b)).toEqual(
        all.map(({ id }) => id).toSorted((a, b) => a - b),
      );
    }
  }

  test('read lists from the replica, and other data from the primary', async () => expectReplicaInUse());

  describe('lose no acknowledged write', () => {
    let organizers: number[];
    let ledgers: Ledger[];
    let reads: SteadyReads;

    beforeEach(async () => {
      organizers = await createUsers(clients[0], clients.length);
      await deployment.replayed();
      ledgers = deployment.instances.urls.map((url, index) => keepLedger(url, organizers[index], WRITERS));
      reads = readSteadily(clients, [
        `/users/${reader}/events?${WINDOW}`,
        `/free-busy?user_ids=${reader}&${WINDOW}`,
        `/events:nearest-empty-time-interval?duration=1h&user_ids=${reader}&from=2022-09-05T10:00:00Z`,
        `/users/${reader}`,
      ]);
      await reads.succeeded();
    });
    afterEach(async () => {
      await Promise.allSettled([reads.finish(), ...ledgers.map(async (ledger) => ledger.finish())]);
    });

    /** Expects that both instances serve again, and then, from the replica, each acknowledged event once. */
    async function expectRecovery(): Promise<void> {
      await reads.succeeded();
      await Promise.all(ledgers.map(writtenSome));
      for (const ledger of ledgers) await ledger.finish();
      await expectReplicaInUse();
      for (const [index, ledger] of ledgers.entries())
        for (const client of clients) await expectEachOnce(ledger, client, organizers[index]);
    }

    test('while the replica is killed and comes back: no read fails', async () => {
      await deployment.replica.kill();
      await reads.succeeded();
      await sleep(DOWN_MS);
      await deployment.replica.start();
      await expectRecovery();
      expect(await reads.finish()).toEqual([200]);
    });

    test('while the replica hangs and goes on: no read fails', async () => {
      await deployment.replica.pause();
      await reads.succeeded();
      await sleep(DOWN_MS);
      await deployment.replica.resume();
      await expectRecovery();
      expect(await reads.finish()).toEqual([200]);
    });

    test('while PgBouncer is killed and starts again', async () => {
      await deployment.pgBouncer.kill();
      await sleep(DOWN_MS);
      await deployment.pgBouncer.start();
      await expectRecovery();
      expect(await reads.finish()).toEqual([200, 503]);
    });

    test('while the primary is restarted', async () => {
      deployment.primary.stop();
      await sleep(DOWN_MS);
      await deployment.primary.start();
      await expectRecovery();
      expect(await reads.finish()).toEqual([200, 503]);
    });

    test('while the primary is killed and starts again', async () => {
      await deployment.primary.kill();
      await sleep(DOWN_MS);
      await deployment.primary.start();
      await expectRecovery();
      expect(await reads.finish()).toEqual([200, 503]);
    });
  });
});
