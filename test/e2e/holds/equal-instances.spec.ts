import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { HOUR, MINUTE } from '../../../src/calendar/time/civil-time.js';
import { formatInstant } from '../../../src/calendar/time/instant.js';
import { Client } from '../../support/client/client.js';
import { expire } from '../../support/client/holds.js';
import { createUsers } from '../../support/client/users.js';
import { printedSeed } from '../../support/core/seed.js';
import { type CachedInstances, startCachedInstances } from '../../support/service/cached-instances.js';

const USERS = 4;
const STEPS = 25;
const START = Date.UTC(2126, 0, 7, 8);

/** Ten hours, in parts of half an hour. */
const PARTS = 20;

interface Step {
  readonly kind: 'hold' | 'event' | 'confirm' | 'extend' | 'expire' | 'delete';
  readonly part: number;
  readonly parts: number;
  /** Each bit decides about one of the users. */
  readonly users: number;
  /** Picks the instance, and the hold that a step concerns. */
  readonly choice: number;
}

const STEP: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('hold', 'hold', 'event', 'event', 'confirm', 'extend', 'expire', 'delete'),
  part: fc.nat(PARTS - 2),
  parts: fc.integer({ min: 1, max: 4 }),
  users: fc.integer({ min: 1, max: 2 ** USERS - 1 }),
  choice: fc.nat(100),
});

/** What the test knows of an open hold. */
interface Held {
  readonly id: number;
  readonly userIds: readonly number[];
  readonly from: number;
  readonly to: number;
}

const partsOf = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

const partOf = (instant: string): number => (Date.parse(instant) - START) / (30 * MINUTE);

describe('instances that keep calendars in memory, and one that does not', () => {
  let instances: CachedInstances;
  let clients: Client[];

  beforeAll(async () => {
    instances = await startCachedInstances();
    clients = [...instances.cached, instances.plain].map(({ url }) => new Client(url));
  }, 60_000);
  afterAll(async () => instances.close());

  const window = `from=${formatInstant(START)}&to=${formatInstant(START + PARTS * 30 * MINUTE + 2 * HOUR)}`;

  /** The parts in which a user is busy, as an instance reports them. */
  async function busyParts(client: Client, ids: readonly number[]): Promise<ReadonlySet<number>[]> {
    const users = ids.map((id) => `user_ids=${id}`).join('&');
    const { body } = await client.get(`/free-busy?${users}&${window}`);
    return body.map(({ busy }) => {
      return new Set((busy ?? []).flatMap(({ start, end }) => partsOf(partOf(start), partOf(end))));
    });
  }

  async function nearest(client: Client, ids: readonly number[]): Promise<unknown> {
    const users = ids.map((id) => `user_ids=${id}`).join('&');
    return (await client.get(`/events:nearest-empty-time-interval?${users}&${window}&duration=30m&limit=30`))
      .body;
  }

  /** Users, the parts that events take of each, and their open holds. */
  class World {
    readonly open: Held[] = [];
    private readonly busy: ReadonlyMap<number, Set<number>>;

    constructor(readonly ids: readonly number[]) {
      this.busy = new Map(ids.map((id) => [id, new Set<number>()]));
    }

    takenOf(id: number): ReadonlySet<number> {
      const held = this.open.filter(({ userIds }) => userIds.includes(id));
      return new Set([...(this.busy.get(id) ?? []), ...held.flatMap(({ from, to }) => partsOf(from, to))]);
    }

    take({ userIds, from, to }: Omit<Held, 'id'>): void {
      for (const id of userIds) for (const part of partsOf(from, to)) this.busy.get(id)?.add(part);
    }

    /** Takes a step. @returns what an instance reports, and what it has to report */
    async step({ kind, part, parts, users, choice }: Step): Promise<readonly [unknown, unknown]> {
      const client = clients[choice % clients.length];
      const userIds = this.ids.filter((_, index) => users & (1 << index));
      const time = { userIds, from: part, to: part + parts };
      const fields = { start_date: formatInstant(START + part * 30 * MINUTE), duration: parts * 1800 };
      const isTaken = (id: number) => partsOf(time.from, time.to).some((one) => this.takenOf(id).has(one));
      const taken = userIds.filter(isTaken);
      if (kind === 'hold') {
        const body = { ...fields, user_ids: userIds, expires_in: '1h' };
        const answer = await client.post('/holds', body);
        if (taken.length === 0) this.open.push({ ...time, id: answer.body.id });
        return [answer.status, taken.length === 0 ? 201 : 409];
      }
      if (kind === 'event') {
        const [organizer, ...invited] = userIds;
        const body = { title: 'Talk', ...fields, organizer_user_id: organizer, invited_user_ids: invited };
        const { conflicts } = (await client.post('/events', body)).body;
        this.take(time);
        return [new Set(conflicts.map((conflict) => conflict.user_id)), new Set(taken)];
      }
      const at = choice % Math.max(1, this.open.length);
      const chosen = this.open.at(at);
      if (chosen === undefined) return [null, null];
      const path = `/holds/${chosen.id}` as const;
      if (kind === 'extend') return [(await client.post(`${path}:extend`, {})).status, 200];
      this.open.splice(at, 1);
      if (kind === 'delete') return [(await client.delete(path)).status, 204];
      if (kind === 'expire') return [await expire(instances.plain.database.url, [chosen.id]), undefined];
      this.take(chosen);
      const event = { title: 'Held', organizer_user_id: chosen.userIds[0] };
      return [(await client.post(`${path}:confirm`, event)).status, 201];
    }
  }

  async function run(steps: readonly Step[]): Promise<void> {
    const world = new World(await createUsers(clients[0], USERS));
    const { ids } = world;
    for (const step of steps) {
      const [given, expected] = await world.step(step);
      expect(given).toEqual(expected);
      const taken = ids.map((id) => world.takenOf(id));
      const found = await Promise.all(clients.map(async (each) => busyParts(each, ids)));
      expect(found).toEqual(clients.map(() => taken));
    }
    const [first, ...others] = await Promise.all(clients.map(async (each) => nearest(each, ids)));
    expect(others).toEqual(others.map(() => first));
  }

  test('agree with each other and with a list of all parts, whichever holds and events come and go', async () => {
    const steps = fc.array(STEP, { minLength: STEPS, maxLength: STEPS });
    await fc.assert(fc.asyncProperty(steps, run), {
      seed: printedSeed('holds over instances'),
      numRuns: 8,
      endOnFailure: true,
    });
  }, 240_000);
});
