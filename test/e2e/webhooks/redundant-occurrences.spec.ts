import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { query } from '../../support/database/data-directory.js';
import { WebhookBench } from '../../support/service/webhooks.js';

const FIRST_DAY = '2026-01-06T09:00:00Z';
const SECOND_DAY = '2026-01-07T09:00:00Z';
const DAILY = {
  title: 'Planning',
  location: 'A',
  start_date: FIRST_DAY,
  duration: 3600,
  repeat: { frequency: 'daily', count: 5 },
} as const;

describe('a PATCH whose values an occurrence has already', () => {
  let bench: WebhookBench;
  let organizer: number;
  let id: number;

  beforeAll(async () => {
    bench = await WebhookBench.start();
    const { body } = await bench.backend.create('/users', { name: 'ann', email: 'ann@example.com' });
    organizer = body.id;
  });
  afterAll(async () => bench.close());

  beforeEach(async () => {
    await query(bench.application.database.url, 'DELETE FROM webhook_subscriptions');
    id = (await bench.backend.create('/events', { ...DAILY, organizer_user_id: organizer })).body.id;
    await bench.subscribe();
  });

  const read = async () => (await bench.backend.get(`/events/${id}`)).body;

  const version = async () => ((await read()) as { version: number }).version;

  async function patch(fields: object, at: string = SECOND_DAY, scope = 'this') {
    const response = await bench.backend.send(
      'PATCH',
      `/events/${id}/occurrences/${at}?scope=${scope}`,
      fields,
    );
    expect(response.status).toBe(200);
    return response.body;
  }

  test.each<[string, object, object]>([
    ['of the series', {}, { start_date: SECOND_DAY, duration: 3600, status: 'confirmed' }],
    [
      'of its override',
      { title: 'Other', start_date: '2026-01-07T10:00:00Z', duration: 1800, location: null },
      {
        title: 'Other',
        start_date: '2026-01-07T10:00:00Z',
        end_date: '2026-01-07T10:30:00Z',
        location: null,
      },
    ],
    ['of a cancelled one', { status: 'cancelled' }, { status: 'cancelled' }],
  ])('writes nothing: the values %s', async (_, override, fields) => {
    if (Object.keys(override).length > 0) await patch(override);
    await bench.deliver();
    const before = await read();
    await patch(fields);
    expect(await read()).toEqual(before);
    expect(await bench.deliver()).toEqual([]);
  });

  test('is a change if it fixes a value of the series, or takes an override back', async () => {
    for (const [index, fields] of [
      { title: 'Planning' },
      { status: 'cancelled' },
      { status: 'confirmed' },
      { location: null },
    ].entries()) {
      await patch(fields);
      expect(await version()).toBe(index + 2);
    }
    expect(await bench.deliver()).toHaveLength(4);
  });

  test('is refused by a stale `If-Match`', async () => {
    const path = `/events/${id}/occurrences/${SECOND_DAY}?scope=this`;
    const headers = { 'if-match': '"7"' };
    expect((await bench.backend.send('PATCH', path, { duration: 3600 }, headers)).status).toBe(412);
  });

  test('splits the series with `following`', async () => {
    expect(await patch({ title: 'Planning' }, SECOND_DAY, 'following')).not.toMatchObject({ event_id: id });
    expect((await bench.deliver()).map(({ type }) => type).toSorted()).toEqual([
      'event.created',
      'event.updated',
    ]);
  });

  test('with `following` from the first one on writes nothing', async () => {
    const before = await read();
    await patch({ title: 'Planning', start_date: FIRST_DAY, duration: 3600 }, FIRST_DAY, 'following');
    expect(await read()).toEqual(before);
    expect(await bench.deliver()).toEqual([]);
    await patch({ title: 'Review' }, FIRST_DAY, 'following');
    expect(await version()).toBe(2);
    expect(await bench.deliver()).toMatchObject([{ changed_fields: ['title'] }]);
  });

  test('with `following` from the first one on is a change if it ends an override there', async () => {
    await patch({ title: 'Other' }, FIRST_DAY);
    await bench.deliver();
    await patch({ title: 'Planning' }, FIRST_DAY, 'following');
    expect(await version()).toBe(3);
    expect(await bench.deliver()).toMatchObject([{ type: 'event.updated', changed_fields: ['overrides'] }]);
  });
});
