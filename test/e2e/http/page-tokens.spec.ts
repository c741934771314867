import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodePageToken } from '../../../src/http/page/page-token.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-first-key-of-the-tests-0123456789-0123456789';
const BEYOND_IDS = 2_147_483_648;
const WINDOW = 'from=2026-07-01T00:00:00Z&to=2026-07-08T00:00:00Z';

describe('the token of a page', () => {
  let application: TestApplication;
  let backend: Client;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    backend = new Client(application.url).with(ROOT);
    await backend.create('/users', { name: 'ann', email: 'ann@example.com' });
    await backend.create('/events', {
      title: 'Review',
      start_date: '2026-07-01T09:00:00Z',
      duration: 3600,
      organizer_user_id: 1,
    });
  });
  afterAll(async () => application.close());

  async function listed(path: string, key: readonly number[]) {
    const parameters = new URLSearchParams({ page_token: encodePageToken(key) });
    return backend.send('GET', `${path}${path.includes('?') ? '&' : '?'}${parameters.toString()}`);
  }

  const lists: readonly [path: string, first: readonly number[]][] = [
    ['/users', [0]],
    ['/api-keys', [0]],
    ['/tenants', [0]],
    ['/users/1/event-invites', [0]],
    ['/events', [0, 1]],
    ['/events?q=review', [0, 1]],
    ['/events/1/occurrences?' + WINDOW, [0, 0]],
    ['/users/1/events?' + WINDOW, [0, 1, 0]],
  ];

  test.each(lists)('of %s is accepted', async (path, first) => {
    expect((await listed(path, first)).status).toBe(200);
    const last = first.map((_, index) => (index === 0 && first.length > 1 ? Date.UTC(2999, 11) : 1));
    expect((await listed(path, last)).status).toBe(200);
  });

  test.each<[string, readonly number[]]>([
    ...['/users', '/api-keys', '/tenants', '/users/1/event-invites'].flatMap((path) =>
      [[BEYOND_IDS], [9e15], [-1]].map((key): [string, number[]] => [path, key]),
    ),
    ...['/events', '/events?q=review'].flatMap((path) =>
      [
        [1, BEYOND_IDS],
        [9e15, 1],
        [-9e15, 1],
        [1, -1],
      ].map((key): [string, number[]] => [path, key]),
    ),
    ['/events/1/occurrences?' + WINDOW, [9e15, 1]],
    ['/users/1/events?' + WINDOW, [9e15, 1, 1]],
  ])('of %s is refused with the numbers %j', async (path, key) => {
    const { status, body } = await listed(path, key);
    expect([status, body]).toMatchObject([400, { errors: [{ field: 'page_token' }] }]);
  });
});
