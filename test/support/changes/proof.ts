import { expect } from '@jest/globals';
import type { Event } from '../../../clients/typescript/src/schema.js';
import type { ChangeLog } from '../../../src/changes/log/change-log.js';
import { eventually, query } from '../database/data-directory.js';
import { expectFullRead } from './full-read.js';
import { startGrantChanges } from './grant-changes.js';
import { holdTransactions } from './held-transactions.js';
import type { ListMirror, MirroredList } from './list-mirror.js';
import { startListReaders } from './list-readers.js';
import { startLogConsumers } from './log-consumers.js';
import { expectLogged } from './logged-writes.js';
import { mirroredLists } from './mirrored-lists.js';
import { Random } from './random.js';
import { startWriters } from './writers.js';
import type { AcknowledgedWrites } from './writes/acknowledged-writes.js';
import { changedTo } from './writes/write.js';
import type { WrittenWorld } from './written-world.js';

const WRITERS = 8;

/** A consumer that takes all that there is, and one that takes a little at a time. */
const CONSUMERS = [
  { limit: 1_000, pauseMs: 10 },
  { limit: 7, pauseMs: 50 },
];

/** What a proof is about. */
export interface Proof {
  readonly world: WrittenWorld;
  /** The log as an instance reads it. */
  readonly log: ChangeLog;
  readonly databaseUrl: string;
  readonly seed: number;
}

/**
 * Lets writers change events, beside transactions that stay open, while readers follow incremental lists and consumers read
 * the log. At the end, expects that neither a reader nor the log missed a change.
 * @param meanwhile what happens while they work
 * @returns what the writers did
 */
export async function expectNoMissedChange(
  { world, log, databaseUrl, seed }: Proof,
  meanwhile: () => Promise<void>,
): Promise<AcknowledgedWrites> {
  const random = new Random(seed);
  const consumers = await startLogConsumers(log, CONSUMERS);
  const { held, secret } = await createHeldEvents(world);
  const writers = startWriters(world, WRITERS, seed);
  const { written } = writers;
  const transactions = [held, secret].map((event) => {
    written.acknowledge('create an event', [changedTo(event)]);
    return holdTransactions(databaseUrl, event.id, written, random);
  });
  const grants = startGrantChanges(world, random);
  const readers = startListReaders(mirroredLists(world), random);
  const sources = [writers, grants, ...transactions];
  try {
    await meanwhile();
    await eventually(async () => writers.haveDoneEach(1));
    for (const source of sources) await source.finish();
    await eventually(async () => isQuiet(databaseUrl));
    const mirrors = await readers.finish();
    await consumers.finish(databaseUrl);
    await expectLogged(databaseUrl, written);
    for (const [list, ofList] of mirrors) {
      await expectFullRead(list, ofList, databaseUrl);
      await expectRestraint(list, ofList, secret.id);
    }
    return written;
  } catch (error) {
    // Nothing may go on after the test.
    const ends = [...sources, readers].map(async (part) => part.finish());
    await Promise.allSettled([...ends, consumers.finish(databaseUrl)]);
    throw error;
  }
}

/** The events that transactions held open change: one in each list, and a private one of which some viewers see only the times. */
async function createHeldEvents({ people: [ann, bob, cid] }: WrittenWorld) {
  const times = { start_date: '2126-01-07T09:00:00Z', duration: 60 };
  const { body: held } = await ann.client.create('/events', {
    ...times,
    title: 'Held',
    organizer_user_id: ann.id,
    invited_user_ids: [bob.id],
  });
  const { body: secret } = await cid.client.create('/events', {
    ...times,
    title: 'Secret',
    organizer_user_id: cid.id,
    invited_user_ids: [ann.id, bob.id],
    visibility: 'private',
  });
  // The organizer sees the event in full.
  return { held: held as Event, secret: secret as Event };
}

/** Expects that no mirror was told of a private event whose viewer sees only its times, and that tokens end only with grants. */
async function expectRestraint(
  { viewer, tokensEnd }: MirroredList,
  mirrors: readonly ListMirror[],
  secretId: number,
): Promise<void> {
  const { body } = await viewer.get(`/events/${secretId}`);
  for (const { named } of mirrors) expect(named.has(secretId) && body.redacted).toBe(false);
  expect(mirrors.some(({ restarts }) => restarts > 0)).toBe(tokensEnd);
}

/**
 * Whether nothing changes any more. A killed instance leaves its transactions to the server, which may still commit them, and
 * the events of deleted calendars go in the background.
 */
async function isQuiet(databaseUrl: string): Promise<boolean> {
  const working = await query(
    databaseUrl,
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL
     UNION ALL SELECT FROM calendars WHERE deleted_at IS NOT NULL`,
  );
  return working.length === 0;
}
