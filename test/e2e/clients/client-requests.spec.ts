import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CalendarClient,
  createClient,
  isProblem,
  PROBLEM_CODES,
} from '../../../clients/typescript/src/index.js';
import { PASSWORD } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { problemOf } from '../../support/client/client-failures.js';
import { seedMarch } from '../../support/servers/behind-proxy.js';
import { startPathProxy } from '../../support/servers/path-proxy.js';
import { json, startScriptedServer } from '../../support/servers/scripted-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const MARCH = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' };
const EVENT = { params: { path: { event_id: 1 } } };
const MEETING = { title: 'x', start_date: '2026-03-10T09:00:00Z', duration: 3600, organizer_user_id: 1 };

describe('the TypeScript client, with the service', () => {
  let application: TestApplication;
  let calendar: CalendarClient;
  beforeAll(async () => {
    application = await startTestApplication();
    await seedMarch(new Client(application.url));
    const login = { email: 'ann@example.com', password: PASSWORD };
    calendar = createClient({ baseUrl: application.url, login });
  });
  afterAll(async () => application.close());

  test('throws a refusal as a problem with its code, its fields and the id of the request', async () => {
    const body = { ...MEETING, start_date: '2022-02-30T10:00:00Z', duration: -1 };
    const problem = await problemOf(calendar.POST('/events', { body }));
    expect(problem).toBeInstanceOf(Error);
    expect(problem).toMatchObject({
      name: 'ProblemError',
      status: 400,
      code: 'invalid_input',
      title: 'Bad Request',
      errors: [{ field: 'start_date' }, { field: 'duration' }],
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      retryAfter: null,
      attempts: 1,
      body: { instance: '/events' },
    });
    expect(problem.message).toBe(`400 invalid_input: ${problem.detail}`);
  });

  test('tells problems apart by their codes', async () => {
    const problem = await problemOf(
      calendar.GET('/events/{event_id}', { params: { path: { event_id: 999 } } }),
    );
    expect(isProblem(problem, 'event_not_found')).toBe(true);
    expect(isProblem(problem, 'user_not_found', 'event_not_found')).toBe(true);
    expect(isProblem(problem, 'user_not_found')).toBe(false);
    expect(isProblem(new Error('event_not_found'))).toBe(false);
  });

  test('has no data if the service answers 304', async () => {
    const { data, response } = await calendar.GET('/events/{event_id}', EVENT);
    expect(data?.id).toBe(1);
    const again = await calendar.GET('/events/{event_id}', {
      params: { path: { event_id: 1 }, header: { 'If-None-Match': response.headers.get('etag') ?? '' } },
    });
    expect([again.response.status, again.data]).toEqual([304, undefined]);
  });

  test('has no data if the response has no body', async () => {
    const { data: event } = await calendar.POST('/events', { body: MEETING });
    const params = { path: { event_id: event.id ?? 0 } };
    const { data, response } = await calendar.DELETE('/events/{event_id}', { params });
    expect([response.status, data]).toEqual([204, undefined]);
  });

  test('sends a list in a query', async () => {
    const { data } = await calendar.GET('/free-busy', { params: { query: { ...MARCH, user_ids: [1, 2] } } });
    expect(data.map(({ user_id: id }) => id)).toEqual([1, 2]);
  });

  test('knows every code that the service has', () => {
    expect([...codesOfTheService()].toSorted()).toEqual(PROBLEM_CODES);
  });
});

/** The codes that stand in the source of the service, by the constructs that make a problem. */
function codesOfTheService(): Set<string> {
  const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .map((path) => readFileSync(`src/${path}`, 'utf8'))
    .join('\n');
  const patterns = [
    /(?:CalendarError|DomainError)\(\s*'[a-z-]+',\s*'([a-z_]+)'/g,
    /(?:ProblemException|problem|super)\(\s*[45]\d\d,\s*'([a-z_]+)'/g,
    /(?:ServiceUnavailable|UnauthenticatedError|TooManyAttemptsError)\(\s*'([a-z_]+)'/g,
    /refuseBeyond\([^']*'([a-z_]+)'/g,
    /^ {4}[45]\d\d: '(\w+)',$/gm,
    /codes\[status\] \?\? '([a-z_]+)'/g,
    /readonly code = '([a-z_]+)'/g,
    /super\('(?!invalid')([a-z_]+)',(?! '[a-z_]+')/g,
    /ICalendarError\(\s*'([a-z_]+)'/g,
    /super\(\s*'[a-z-]+',\s*'([a-z_]+)'/g,
    /^export const \w+_TAKEN = '([a-z_]+)'/gm,
  ];
  const written = patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, code]) => code));
  const absent = [...source.matchAll(/notFound\('([\w ]+)'/g)].map(
    ([, resource]) => `${resource.replaceAll(' ', '_')}_not_found`,
  );
  return new Set([...written, ...absent]);
}

describe('the pages of a list', () => {
  const lists = [
    ['under a path, without PUBLIC_URL', '/calendar', {}],
    ['with PUBLIC_URL of another host', '', { PUBLIC_URL: 'https://example.com/calendar' }],
  ] as const;

  test.each(lists)('follow one another %s', async (_, path, environment) => {
    const application = await startTestApplication(environment);
    const proxy = await startPathProxy(path);
    await proxy.leadTo(application.url);
    await seedMarch(new Client(application.url));
    const login = { email: 'ann@example.com', password: PASSWORD };
    const calendar = createClient({ baseUrl: `${proxy.url}/`, login });
    const params = { path: { user_id: 1 }, query: { ...MARCH, limit: 3 } };

    const pages: string[][] = [];
    for await (const page of calendar.pages('/users/{user_id}/events', { params }))
      pages.push(page.map((event) => event.start_date.slice(0, 10)));
    expect(pages).toEqual([
      ['2026-03-01', '2026-03-02', '2026-03-03'],
      ['2026-03-04', '2026-03-05', '2026-03-06'],
      ['2026-03-07'],
    ]);

    const starts: string[] = [];
    const may = { from: '2026-05-01T00:00:00Z', to: '2026-06-01T00:00:00Z', limit: 2 };
    for await (const { start } of calendar.list('/events/{event_id}/occurrences', {
      params: { path: { event_id: 8 }, query: may },
    }))
      starts.push(start);
    expect(starts).toEqual([1, 2, 3, 4, 5, 6, 7].map((day) => `2026-05-0${day}T09:00:00Z`));

    await proxy.close();
    await application.close();
  });

  test.each([
    ['</x?page_token=b>; rel="next"', '/users/1/event-invites?page_token=b'],
    ['<?page_token=b>;rel=next', '/users/1/event-invites?page_token=b'],
    [
      '</a,b;c?d=e>; title="x, <y>; rel=next"; rel="first", <https://evil.example/z?page_token=b#f>; REL="last next"',
      '/users/1/event-invites?page_token=b',
    ],
  ])('go on by %s', async (link, path) => {
    const peer = await startScriptedServer(
      (response) => response.writeHead(200, { 'content-type': 'application/json', link }).end('[{"id": 1}]'),
      json([{ id: 2 }]),
    );
    const calendar = createClient({ baseUrl: peer.url });
    const ids: number[] = [];
    for await (const { id } of calendar.list('/users/{user_id}/event-invites', {
      params: { path: { user_id: 1 }, header: { 'If-None-Match': '"1"' } },
    }))
      ids.push(id);
    await peer.close();
    expect(ids).toEqual([1, 2]);
    expect(peer.received[1]?.path).toBe(path);
    expect(peer.received.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined]);
  });
});
