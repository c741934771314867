import { describe, expect, test } from '@jest/globals';
import { EventStream, type ReadChanges } from './event-stream.js';

interface Item {
  readonly id: number;
  readonly state: string;
}

/** A stream over scripted reads, by token. */
function streamOf(
  reads: Readonly<Record<string, ReadChanges<Item>>>,
  first = 'a',
  onRead: (token: string) => void = () => undefined,
): EventStream<Item> {
  return new EventStream<Item>(
    async ({ token, page }) => {
      onRead(token);
      return reads[page ?? token] ?? { items: [], next: { token, page: null } };
    },
    first,
    (item) => item,
  );
}

describe('a stream of changes', () => {
  test('sends a sign of life, then each change, the last with the new token', async () => {
    const items = [
      { id: 1, state: '1' },
      { id: 2, state: '1' },
    ];
    const messages = streamOf({ a: { items, next: { token: 'b', page: null } } }).messages();
    expect(await take(messages, 3)).toEqual([
      { token: 'a', item: null },
      { token: 'a', item: items[0] },
      { token: 'b', item: items[1] },
    ]);
  });

  test('does not repeat a change that the next read has again, but sends a newer state', async () => {
    const stream = streamOf({
      a: { items: [{ id: 1, state: '1' }], next: { token: 'b', page: null } },
      b: {
        items: [
          { id: 1, state: '1' },
          { id: 2, state: '7' },
        ],
        next: { token: 'c', page: null },
      },
      c: { items: [{ id: 2, state: 'removed' }], next: { token: 'd', page: null } },
    });
    const messages = stream.messages();
    await take(messages, 2);
    stream.wake();
    expect(await take(messages, 1)).toEqual([{ token: 'c', item: { id: 2, state: '7' } }]);
    stream.wake();
    expect(await take(messages, 1)).toEqual([{ token: 'd', item: { id: 2, state: 'removed' } }]);
  });

  test('keeps the old token until the last page', async () => {
    const [one, two] = [1, 2].map((id) => ({ id, state: '1' }));
    const messages = streamOf({
      a: { items: [one], next: { token: 'a', page: 'a2' } },
      a2: { items: [two], next: { token: 'b', page: null } },
    }).messages();
    expect(await take(messages, 3)).toEqual([
      { token: 'a', item: null },
      { token: 'a', item: one },
      { token: 'b', item: two },
    ]);
  });

  test('reads no change before the client has taken the ones before', async () => {
    let reads = 0;
    const stream = new EventStream<Item>(
      async ({ token }) => {
        reads += 1;
        return { items: [{ id: reads, state: '1' }], next: { token: `${token}x`, page: null } };
      },
      'a',
      (item) => item,
    );
    const messages = stream.messages();
    await take(messages, 1);
    for (let wakes = 0; wakes < 10; wakes += 1) stream.wake();
    expect(reads).toBe(0);
    await take(messages, 1);
    expect(reads).toBe(1);
  });

  describe('that is prepared', () => {
    const pages = Object.fromEntries(
      [1, 2].map((id) => [
        `t${id}`,
        { items: [{ id, state: '1' }], next: { token: `t${id + 1}`, page: null } },
      ]),
    );

    test('reads its first page once', async () => {
      const tokens: string[] = [];
      const stream = streamOf(pages, 't1', (token) => tokens.push(token));
      await stream.prepare();
      const messages = stream.messages();
      expect(await take(messages, 2)).toEqual([
        { token: 't1', item: null },
        { token: 't2', item: { id: 1, state: '1' } },
      ]);
      const next = messages.next();
      expect(tokens).toEqual(['t1']);
      stream.wake();
      expect((await next).value).toEqual({ token: 't3', item: { id: 2, state: '1' } });
      expect(tokens).toEqual(['t1', 't2']);
    });

    test.each<[string, boolean]>([
      ['while the page is read', true],
      ['after the page was read', false],
    ])('reads again if it is woken %s', async (_, isEarly) => {
      const stream: EventStream<Item> = streamOf(pages, 't1', (token) => {
        if (isEarly && token === 't1') stream.wake();
      });
      await stream.prepare();
      if (!isEarly) stream.wake();
      const items = (await take(stream.messages(), 3)).map(({ item }) => item?.id);
      expect(items).toEqual([undefined, 1, 2]);
    });

    test('is refused if its first page is', async () => {
      const stream = streamOf({}, 'a', () => {
        throw new Error('The token has expired.');
      });
      await expect(stream.prepare()).rejects.toThrow('The token has expired.');
    });
  });

  test('waits for a beat or its end', async () => {
    const stream = streamOf({});
    const messages = stream.messages();
    await take(messages, 1);
    const next = messages.next();
    stream.beat();
    expect(await next).toEqual({ done: false, value: { token: 'a', item: null } });
    const last = messages.next();
    stream.end();
    expect(await last).toEqual({ done: true, value: undefined });
  });
});

async function take<T>(messages: AsyncGenerator<T, void, undefined>, count: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < count) {
    const { value, done } = await messages.next();
    if (done) throw new Error('The stream has ended.');
    taken.push(value);
  }
  return taken;
}
