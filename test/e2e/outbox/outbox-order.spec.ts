import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_TENANT_ID } from '../../../src/database/current-tenant.js';
import type { AttemptOutcome, NewMessage } from '../../../src/outbox/model/outbox-message.js';
import { OutboxWorkers } from '../../../src/outbox/worker/outbox-workers.js';
import { Outbox } from '../../../src/outbox/write/outbox.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { inTenant } from '../../support/service/callers-context.js';
import { DELIVERED, HeldAttempts, newMessage, REFUSED, TestTopic } from '../../support/service/outbox.js';
import { TestClock } from '../../support/service/test-clock.js';

const NOW = '2026-01-05T08:00:00Z';

const clock = new TestClock(NOW);
let service: TestApplication;
let workers: OutboxWorkers;

beforeAll(async () => {
  service = await startTestApplication({ REMINDER_DISPATCH: 'off' }, clock);
  workers = service.app.get(OutboxWorkers);
});
afterAll(async () => service.close());
beforeEach(async () => {
  clock.set(NOW);
  await query(service.database.url, 'TRUNCATE outbox_messages');
});

let held: HeldAttempts[] = [];

function hold(): HeldAttempts {
  const attempts = new HeldAttempts();
  held.push(attempts);
  return attempts;
}

async function add(topic: TestTopic, ...messages: NewMessage[]): Promise<void> {
  await inTenant(
    service.app,
    async () => service.app.get(Outbox).enqueue(topic.name, messages),
    DEFAULT_TENANT_ID,
  );
}

// A test that fails leaves nothing that the end of the service would wait for.
afterEach(async () => {
  for (const attempts of held) attempts.release();
  held = [];
  await workers.finish();
});

async function send(): Promise<void> {
  while ((await workers.startDue()) > 0) await workers.finish();
}

function inGroup(key: string, group = 'G'): NewMessage {
  return newMessage(key, { groupKey: group, lane: 'lane' });
}

describe('the messages of a group', () => {
  test('wait for the next attempt of the message before, and others do not', async () => {
    let refused = ['1'];
    const topic = new TestTopic('waits', async ({ key }) => (refused.includes(key) ? REFUSED : DELIVERED));
    workers.register(topic);
    await add(topic, inGroup('1'), inGroup('2'), inGroup('other', 'H'));
    await send();
    await add(topic, inGroup('3'));
    await send();
    expect(topic.sent.toSorted()).toEqual(['1', 'other']);
    refused = [];
    clock.advance(5);
    await send();
    expect(topic.sent.slice(2)).toEqual(['1', '2', '3']);
    expect(topic.messages.map(({ attempts }) => attempts)).toEqual([1, 1, 2, 1, 1]);
  });

  test('go on after a message that has failed for good', async () => {
    const gone: AttemptOutcome = { kind: 'failed', statusCode: 410, error: null };
    const topic = new TestTopic('goes on', async ({ key }) => (key === '1' ? gone : DELIVERED));
    workers.register(topic);
    await add(topic, inGroup('1'), inGroup('2'));
    await send();
    expect(topic.sent).toEqual(['1', '2']);
  });

  test('that were added during an attempt wait for its end', async () => {
    const attempts = hold();
    const topic = new TestTopic('added later', attempts.attempt);
    workers.register(topic);
    await add(topic, inGroup('1'));
    await workers.startDue();
    await add(topic, inGroup('2'));
    expect(await workers.startDue()).toBe(0);
    await eventually(async () => attempts.held.size === 1);
    attempts.end('1');
    await workers.finish();
    expect(await workers.startDue()).toBe(1);
    await eventually(async () => attempts.held.size === 1);
    expect(topic.sent).toEqual(['1', '2']);
    attempts.endAll();
    await workers.finish();
  });
});

describe('a slow lane', () => {
  test('has its most messages under way, and delays no other lane', async () => {
    const attempts = hold();
    const limits = { atOnce: 10, atOnceOfLane: 2, atOnceOfSecondLane: 10, run: 1 };
    const topic = new TestTopic('lanes', attempts.attempt, limits);
    workers.register(topic);
    const slow = Array.from({ length: 3_000 }, (_, index) =>
      newMessage(`slow ${index}`, { lane: 'a slow one' }),
    );
    await add(topic, ...slow, newMessage('b'), newMessage('c'));
    await workers.startDue();
    await eventually(async () => attempts.held.size === 4);
    expect([...attempts.held.keys()].toSorted()).toEqual(['b', 'c', 'slow 0', 'slow 1']);
    expect(await workers.startDue()).toBe(0);
    attempts.end('slow 0');
    await eventually(async () => (await workers.startDue()) === 1);
    await eventually(async () => attempts.held.has('slow 2'));
    attempts.endAll();
    await workers.finish();
  });

  test('shares the limit of a second lane', async () => {
    const attempts = hold();
    const limits = { atOnce: 10, atOnceOfLane: 5, atOnceOfSecondLane: 2, run: 1 };
    const topic = new TestTopic('second lanes', attempts.attempt, limits);
    workers.register(topic);
    const toHost = ['a', 'b', 'c', 'd'].map((key) => newMessage(key, { secondLane: 'host' }));
    await add(topic, ...toHost, newMessage('e', { secondLane: 'other host' }));
    expect(await workers.startDue()).toBe(3);
    await eventually(async () => attempts.held.size === 3);
    expect([...attempts.held.keys()].toSorted()).toEqual(['a', 'b', 'e']);
    attempts.endAll();
    await workers.finish();
    await workers.startDue();
    attempts.endAll();
    await workers.finish();
  });

  test('takes turns with the other lanes where the topic has few slots', async () => {
    const topic = new TestTopic('turns', undefined, {
      atOnce: 2,
      atOnceOfLane: 2,
      atOnceOfSecondLane: 2,
      run: 1,
    });
    workers.register(topic);
    const many = Array.from({ length: 50 }, (_, index) => newMessage(`a ${index}`, { lane: 'a' }));
    await add(topic, ...many, newMessage('b 0', { lane: 'b' }), newMessage('c 0', { lane: 'c' }));
    await send();
    expect(topic.sent).toHaveLength(52);
    for (const key of ['b 0', 'c 0']) expect(topic.sent.indexOf(key)).toBeLessThan(6);
  });

  test('is one lane for all topics that name it', async () => {
    const attempts = hold();
    const limits = { atOnce: 10, atOnceOfLane: 2, atOnceOfSecondLane: 2, run: 1 };
    const calls = new TestTopic('calls', attempts.attempt, limits);
    const mails = new TestTopic('mails', attempts.attempt, limits);
    for (const topic of [calls, mails]) workers.register(topic);
    await add(calls, ...['call 1', 'call 2'].map((key) => newMessage(key, { secondLane: 'user' })));
    await add(mails, newMessage('mail', { lane: 'user' }), newMessage('other mail', { lane: 'other user' }));
    expect(await workers.startDue()).toBe(3);
    await eventually(async () => attempts.held.size === 3);
    expect(mails.sent).toEqual(['other mail']);
    attempts.end('call 1');
    await eventually(async () => (await workers.startDue()) === 1);
    attempts.endAll();
    await eventually(async () => mails.sent.includes('mail'));
    attempts.endAll();
    await workers.finish();
  });
});
