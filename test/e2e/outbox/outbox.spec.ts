import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_TENANT_ID } from '../../../src/database/current-tenant.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import type { AttemptOutcome, NewMessage, OutboxMessage } from '../../../src/outbox/model/outbox-message.js';
import { EndedMessages } from '../../../src/outbox/worker/ended-messages.js';
import { OutboxWorkers } from '../../../src/outbox/worker/outbox-workers.js';
import { Outbox } from '../../../src/outbox/write/outbox.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { inTenant } from '../../support/service/callers-context.js';
import { DELIVERED, HeldAttempts, newMessage, REFUSED, TestTopic } from '../../support/service/outbox.js';
import { TestClock } from '../../support/service/test-clock.js';

const NOW = '2026-01-05T08:00:00Z';

const clock = new TestClock(NOW);
let first: TestApplication;
let second: TestApplication;

beforeAll(async () => {
  first = await startTestApplication({ REMINDER_DISPATCH: 'off' }, clock);
  second = await startTestApplication({ REMINDER_DISPATCH: 'off' }, clock, undefined, first.database);
});
afterAll(async () => {
  await second.close();
  await first.close();
});
beforeEach(async () => {
  clock.set(NOW);
  await query(first.database.url, 'TRUNCATE outbox_messages');
});

let held: HeldAttempts[] = [];

function hold(): HeldAttempts {
  const attempts = new HeldAttempts();
  held.push(attempts);
  return attempts;
}

// A test that fails leaves nothing that the end of the service would wait for.
afterEach(() => {
  for (const attempts of held) attempts.release();
  held = [];
});

async function add(topic: TestTopic, messages: NewMessage[], tenantId = DEFAULT_TENANT_ID) {
  return inTenant(first.app, async () => first.app.get(Outbox).enqueue(topic.name, messages), tenantId);
}

/** Sends what is due, and what becomes due by that. */
async function send({ app }: TestApplication): Promise<void> {
  const workers = app.get(OutboxWorkers);
  while ((await workers.startDue()) > 0) await workers.finish();
}

async function stored(): Promise<object[]> {
  return query(
    first.database.url,
    `SELECT tenant_id, key, status, attempts, last_status_code, last_error, leased_until IS NOT NULL AS leased
       FROM outbox_messages ORDER BY id`,
  );
}

describe('a message', () => {
  test('is delivered once, with its payload, in its tenant', async () => {
    const topic = new TestTopic('once');
    first.app.get(OutboxWorkers).register(topic);
    await query(first.database.url, `INSERT INTO tenants (id, name) VALUES (7, 'seventh')`);
    await add(topic, [newMessage('a')]);
    await add(topic, [newMessage('a')], 7);
    await send(first);
    await send(first);
    expect(topic.messages).toMatchObject([
      { tenantId: 1, key: 'a', payload: { of: 'a' }, attempts: 1 },
      { tenantId: 7, key: 'a', payload: { of: 'a' }, attempts: 1 },
    ]);
    const end = { key: 'a', status: 'delivered', attempts: 1, last_status_code: 204, leased: false };
    expect(await stored()).toMatchObject([
      { ...end, tenant_id: 1 },
      { ...end, tenant_id: 7 },
    ]);
    expect(topic.results.map(({ status }) => status)).toEqual(['delivered', 'delivered']);
  });

  test('is one message if it is added twice', async () => {
    const topic = new TestTopic('twice');
    first.app.get(OutboxWorkers).register(topic);
    expect([...(await add(topic, [newMessage('a')]))]).toEqual(['a']);
    expect([...(await add(topic, [newMessage('a'), newMessage('b')]))]).toEqual(['b']);
    await send(first);
    expect(topic.sent.toSorted()).toEqual(['a', 'b']);
    expect([...(await add(topic, [newMessage('a')]))]).toEqual([]);
  });

  test('of a transaction that is rolled back is not sent', async () => {
    const topic = new TestTopic('rolled back');
    first.app.get(OutboxWorkers).register(topic);
    const work = first.app.get(UnitOfWork).run(async () => {
      await add(topic, [newMessage('a')]);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    await send(first);
    expect(topic.sent).toEqual([]);
  });

  test('is sent again after each delay, and fails after the last one', async () => {
    const topic = new TestTopic('refused', async () => REFUSED);
    first.app.get(OutboxWorkers).register(topic);
    await add(topic, [newMessage('a')]);
    const attempts: number[] = [];
    for (const seconds of [0, 4, 1, 9, 1, 3_600]) {
      clock.advance(seconds);
      await send(first);
      attempts.push(topic.sent.length);
    }
    expect(attempts).toEqual([1, 1, 2, 2, 3, 3]);
    expect(await stored()).toMatchObject([
      { status: 'failed', attempts: 3, last_status_code: 503, last_error: REFUSED.error },
    ]);
  });

  test('whose attempt throws is sent again, with the reason', async () => {
    const topic = new TestTopic('throws', async () => {
      throw new Error('There is no such host.');
    });
    first.app.get(OutboxWorkers).register(topic);
    await add(topic, [newMessage('a')]);
    await send(first);
    expect(await stored()).toMatchObject([
      { status: 'pending', attempts: 1, last_status_code: null, last_error: 'There is no such host.' },
    ]);
  });

  test('that failed is sent again on request, with all attempts and its id', async () => {
    let outcome: AttemptOutcome = { kind: 'failed', statusCode: 410, error: null };
    const topic = new TestTopic('restarted', async () => outcome);
    first.app.get(OutboxWorkers).register(topic);
    await add(topic, [newMessage('a'), newMessage('b')]);
    await send(first);
    outcome = DELIVERED;
    await inTenant(first.app, async () => first.app.get(Outbox).restart(topic.name, ['a']));
    await send(first);
    expect(await stored()).toMatchObject([
      { key: 'a', status: 'delivered', attempts: 1 },
      { key: 'b', status: 'failed', attempts: 1 },
    ]);
    const ids = topic.messages.filter(({ key }) => key === 'a').map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
  });

  test('is removed some time after its end, and no pending one is', async () => {
    const topic = new TestTopic('kept', async ({ key }) => (key === 'ends' ? DELIVERED : REFUSED));
    first.app.get(OutboxWorkers).register(topic);
    await add(topic, [newMessage('ends'), newMessage('waits')]);
    await send(first);
    clock.advance(60);
    await first.app.get(EndedMessages).remove();
    expect(await stored()).toHaveLength(2);
    clock.advance(1);
    await first.app.get(EndedMessages).remove();
    expect(await stored()).toMatchObject([{ key: 'waits' }]);
  });
});

describe('two instances', () => {
  test('never take the same message', async () => {
    const [one, other] = [new TestTopic('shared'), new TestTopic('shared')];
    first.app.get(OutboxWorkers).register(one);
    second.app.get(OutboxWorkers).register(other);
    const keys = Array.from({ length: 2_000 }, (_, index) => `key ${index}`);
    await add(
      one,
      keys.map((key, index) => newMessage(key, { lane: `lane ${index % 20}` })),
    );
    await Promise.all([send(first), send(second)]);
    expect([...one.sent, ...other.sent].toSorted()).toEqual(keys.toSorted());
    expect(Math.min(one.sent.length, other.sent.length)).toBeGreaterThan(0);
  });

  test('keep the order of a group', async () => {
    const order: string[] = [];
    const attempt = async ({ key }: OutboxMessage): Promise<AttemptOutcome> => {
      order.push(key);
      return DELIVERED;
    };
    const topics = [new TestTopic('ordered', attempt), new TestTopic('ordered', attempt)] as const;
    first.app.get(OutboxWorkers).register(topics[0]);
    second.app.get(OutboxWorkers).register(topics[1]);
    const numbers = Array.from({ length: 300 }, (_, index) => index);
    await add(
      topics[0],
      numbers.map((number) =>
        newMessage(`${number % 3} ${number}`, { groupKey: `group ${number % 3}`, lane: 'one' }),
      ),
    );
    while (order.length < numbers.length) await Promise.all([send(first), send(second)]);
    for (const group of [0, 1, 2]) {
      const own = order.map((key) => key.split(' ').map(Number)).filter(([of]) => of === group);
      expect(own.map(([, number]) => number)).toEqual(numbers.filter((number) => number % 3 === group));
    }
  });

  test('send again what one of them took and did not record, once the lease has ended', async () => {
    const attempts = hold();
    const hangs = new TestTopic('hangs', attempts.attempt);
    const works = new TestTopic('hangs');
    first.app.get(OutboxWorkers).register(hangs);
    second.app.get(OutboxWorkers).register(works);
    await add(works, [newMessage('a')]);
    await first.app.get(OutboxWorkers).startDue();
    clock.advance(works.leaseMs / 1_000 - 1);
    await send(second);
    expect([hangs.sent, works.sent]).toEqual([['a'], []]);
    clock.advance(1);
    await send(second);
    expect(works.messages).toMatchObject([{ key: 'a', attempts: 2 }]);
    expect(works.messages[0]?.id).toBe(hangs.messages[0]?.id);
    // The end of the lost attempt changes nothing.
    attempts.end('a', REFUSED);
    await first.app.get(OutboxWorkers).finish();
    expect(hangs.results).toEqual([]);
    expect(await stored()).toMatchObject([{ status: 'delivered', attempts: 2 }]);
  });
});

describe('an instance that ends', () => {
  test('waits for the attempt under way, and gives the rest of its run to the others', async () => {
    const attempts = hold();
    const ended = new TestTopic('ends', attempts.attempt);
    const rest = new TestTopic('ends');
    const ending = await startTestApplication({ REMINDER_DISPATCH: 'off' }, clock, undefined, first.database);
    ending.app.get(OutboxWorkers).register(ended);
    second.app.get(OutboxWorkers).register(rest);
    await add(
      rest,
      ['1', '2'].map((key) => newMessage(key, { groupKey: 'G', lane: 'lane' })),
    );
    await ending.app.get(OutboxWorkers).startDue();
    await eventually(async () => attempts.held.size === 1);
    const closed = ending.close();
    await send(second);
    expect(rest.sent).toEqual([]);
    attempts.end('1');
    await closed;
    expect(await stored()).toMatchObject([
      { key: '1', status: 'delivered', attempts: 1 },
      { key: '2', status: 'pending', attempts: 0, leased: false },
    ]);
    await send(second);
    expect([ended.sent, rest.sent]).toEqual([['1'], ['2']]);
  });
});
