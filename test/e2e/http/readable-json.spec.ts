import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Calendars } from '../../support/client/calendars.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const PROBLEM = 'application/problem+json; charset=utf-8';

describe('?pretty=true', () => {
  let application: TestApplication;
  let ann: number;

  beforeAll(async () => {
    application = await startTestApplication();
    ann = await new Calendars(application.url).someone();
  });
  afterAll(async () => application.close());

  async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${application.url}${path}`, { headers });
  }

  /** Expects two texts of the same value: one in a line, one indented and with a line break at its end. */
  async function expectBoth(path: string): Promise<void> {
    const compact = await (await get(path)).text();
    const join = path.includes('?') ? '&' : '?';
    const pretty = await get(`${path}${join}pretty=true`);
    expect(compact).not.toMatch(/\n/);
    expect(await pretty.text()).toBe(`${JSON.stringify(JSON.parse(compact), null, 2)}\n`);
    expect(await (await get(`${path}${join}pretty=false`)).text()).toBe(compact);
  }

  test('indents objects, lists, the document and health', async () => {
    await expectBoth(`/users/${ann}`);
    await expectBoth(`/users/${ann}/events?from=2030-01-01T00:00:00Z&to=2030-02-01T00:00:00Z`);
    await expectBoth('/openapi.json');
    await expectBoth('/health/live');
  });

  test('indents the response to a POST', async () => {
    const response = await fetch(`${application.url}/users?pretty=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Bob', email: 'pretty.bob@example.com' }),
    });
    expect([response.status, (await response.text()).slice(0, 8)]).toEqual([201, '{\n  "id"']);
  });

  test.each([
    ['/users/999999?pretty=true', 404],
    ['/users/x?pretty=true', 400],
    ['/nowhere?pretty=true', 404],
    ['/auth/login?pretty=true', 405],
    ['/free-busy?pretty=true', 400],
    ['/users/1%zz?pretty=true', 400],
  ])('indents the problem of %s', async (path, status) => {
    const response = await get(path);
    const text = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([status, PROBLEM]);
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });

  test.each(['pretty=yes', 'pretty=', 'pretty=true&pretty=true', 'pretty=TRUE'])(
    '?%s is a 400 that names the parameter',
    async (query) => {
      const response = await get(`/users/${ann}?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ errors: [{ field: 'pretty' }] });
    },
  );

  test('an indented representation has an entity tag of its own', async () => {
    const pretty = await get(`/users/${ann}?pretty=true`);
    const compact = await get(`/users/${ann}`);
    expect(pretty.headers.get('etag')).not.toBe(compact.headers.get('etag'));
    const again = await get(`/users/${ann}?pretty=true`, {
      'if-none-match': pretty.headers.get('etag') ?? '',
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('the link to the next page asks for indentation too', async () => {
    const calendars = new Calendars(application.url);
    await calendars.event('09:00 - 10:00', { organizer_user_id: ann });
    await calendars.event('11:00 - 12:00', { organizer_user_id: ann });
    const first = await get(
      `/users/${ann}/events?from=2026-01-05T00:00:00Z&to=2026-01-12T00:00:00Z&limit=1&pretty=true`,
    );
    const [, next = ''] = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
    expect((await (await get(next)).text()).slice(0, 9)).toBe('[\n  {\n   ');
  });
});
