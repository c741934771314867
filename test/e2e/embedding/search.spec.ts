import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');

interface Found {
  readonly id: number;
  readonly title: string;
}

describe('the search of events', () => {
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let eve: Account;
  const ids = new Map<string, number>();

  async function add(title: string, more: object = {}): Promise<number> {
    const { status, body } = await backend.send('POST', '/events', {
      title,
      organizer_user_id: ann.id,
      start_date: '2026-03-02T10:00:00Z',
      duration: 3600,
      ...more,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    ids.set(title, body.id);
    return body.id;
  }

  async function found(query: string, client = backend): Promise<string[]> {
    const { status, body } = await client.send('GET', `/events?${query}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return (body as unknown as Found[]).map(({ title }) => title);
  }

  async function withText(q: string, client = backend): Promise<string[]> {
    return found(`q=${encodeURIComponent(q)}`, client);
  }

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
    eve = await signUp(nobody, 'eve');
    await add('IT steering', { description: 'The waiting list' });
    await add('Waiting', { start_date: '2026-03-01T10:00:00Z' });
    await add('Café Übung', { location: 'Straße 4' });
    await add('项目会议');
    await add('100 % done_deal', { start_date: '2026-03-03T10:00:00Z' });
    await add('Weekly', {
      start_date: '2026-01-05T10:00:00Z',
      repeat: { frequency: 'weekly', days_of_week: [1] },
    });
    await add('Secret plan', { visibility: 'private', invited_user_ids: [bob.id] });
    await add('Release v2.0', { description: 'it/plan of 2026-04-06', start_date: '2026-03-04T10:00:00Z' });
    await add('Cancelled plan');
    await backend.patch(`/events/${ids.get('Cancelled plan')}`, { status: 'cancelled' });
    await add('Case', {
      external_id: 'https://crm.example/a b?x=1',
      metadata: { case_id: '42', 'a.b': 'x' },
    });
    await add('Case of Bob', { organizer_user_id: bob.id, metadata: { case_id: '42' } });
  });
  afterAll(async () => application.close());

  describe('by words', () => {
    test.each([
      ['IT', ['IT steering', 'Release v2.0']],
      ['st', []],
      ['the', ['IT steering']],
      ['wait', ['Waiting', 'IT steering']],
      ['aitin', ['Waiting', 'IT steering']],
      ['LIST waiting', ['IT steering']],
      ['cafe', ['Café Übung']],
      ['CAFÉ ubung', ['Café Übung']],
      ['ÜBUNG strasse', ['Café Übung']],
      ['die', []],
      ['会议', ['项目会议']],
      ['100 %', ['100 % done_deal']],
      ['v2', ['Release v2.0']],
      ['V2 06', ['Release v2.0']],
      ['v', []],
      [`v'`, []],
      ['v\\', []],
      ['2.0', ['Release v2.0']],
      ['done_', ['100 % done_deal']],
      ['don__deal', []],
      [`'; DROP TABLE events; --`, []],
      ['IT & | ! ( :*', []],
    ])('%s', async (q, expected) => {
      expect(await withText(q)).toEqual(expected);
    });

    test('of one occurrence find the series, once, until the occurrence has them no more', async () => {
      const occurrence = `/events/${ids.get('Weekly')}/occurrences/2026-01-12T10:00:00Z`;
      await backend.send('PATCH', occurrence, { title: 'Zebra', description: 'Zebra stripes' });
      await backend.send('PATCH', `/events/${ids.get('Weekly')}/occurrences/2026-01-19T10:00:00Z`, {
        title: 'Zebra',
      });
      expect(await withText('zebra')).toEqual(['Weekly']);
      expect(await withText('zebra weekly stripes')).toEqual(['Weekly']);
      await backend.send('PATCH', occurrence, { description: 'Plain' });
      expect(await withText('stripes')).toEqual([]);
      await backend.send('DELETE', occurrence);
      expect(await withText('plain')).toEqual([]);
      expect(await withText('zebra')).toEqual(['Weekly']);
    });

    test('of an occurrence go with it to the later part of a series, and are as private as that', async () => {
      const id = await add('Daily', {
        start_date: '2040-01-01T10:00:00Z',
        repeat: { frequency: 'daily', count: 6 },
      });
      const occurrence = (day: number) => `/events/${id}/occurrences/2040-01-0${day}T10:00:00Z`;
      await backend.send('PATCH', occurrence(5), { title: 'Giraffe' });
      const split = await backend.send('PATCH', `${occurrence(4)}?scope=following`, {
        title: 'Later days',
        visibility: 'private',
      });
      expect(split.status).toBe(200);
      expect(await withText('giraffe')).toEqual(['Later days']);
      expect(await withText('giraffe', eve.client)).toEqual([]);
      expect(await withText('daily')).toEqual(['Daily']);
    });

    test('of a changed event are its new ones', async () => {
      const id = await add('Before');
      await backend.patch(`/events/${id}`, { title: 'Afterwards' });
      expect(await withText('before')).toEqual([]);
      expect(await withText('afterward')).toEqual(['Afterwards']);
      await backend.send('DELETE', `/events/${id}`);
      expect(await withText('afterward')).toEqual([]);
    });
  });

  describe('finds only what the caller may see in full', () => {
    test.each<[string, () => Client, string[]]>([
      ['a key', () => backend, ['Secret plan']],
      ['the organizer', () => ann.client, ['Secret plan']],
      ['an attendee', () => bob.client, ['Secret plan']],
      ['another person', () => eve.client, []],
      ['a request without a token', () => nobody, []],
    ])('%s', async (_, client, expected) => {
      expect(await found('q=secret', client())).toEqual(expected);
      expect(await found(`attendee_user_id=${bob.id}&q=plan`, client())).toEqual(expected);
    });

    test('also with Act-As-User and with an exchanged token', async () => {
      const { body } = await backend.post('/auth/token-exchange', { user_id: eve.id });
      expect(await found('q=secret', nobody.with(body.access_token))).toEqual([]);
      const acting = await backend.send('GET', '/events?q=secret', undefined, {
        'act-as-user': String(eve.id),
      });
      expect(acting.body).toEqual([]);
    });

    test('and counts no other event: a page is full, and the last one has no link', async () => {
      for (let index = 0; index < 25; index += 1) await add(`Veiled ${index}`, { visibility: 'private' });
      await add('Veiled, and seen', { start_date: '2026-03-05T10:00:00Z' });
      for (const client of [eve.client, backend.as(eve.id), nobody]) {
        const { body, headers } = await client.send('GET', '/events?q=veiled&limit=1');
        expect([body, headers.get('link')]).toMatchObject([[{ title: 'Veiled, and seen' }], null]);
      }
      expect(await found('q=veiled&limit=1000', ann.client)).toHaveLength(26);
    });

    test('and by the rules of the directory', async () => {
      const shared = await startTestApplication(
        { DIRECTORY: 'shared' },
        undefined,
        undefined,
        application.database,
      );
      try {
        const client = (account: Account) => account.client.at(shared.url);
        const all = (await backend.send('GET', '/events?limit=1000')).body as unknown as Found[];
        for (const account of [ann, bob, eve]) {
          const seen: string[] = [];
          for (const { id, title } of all) {
            const { status, body } = await client(account).send('GET', `/events/${id}`);
            if (status === 200 && !body.redacted) seen.push(title);
          }
          expect(await found('limit=1000', client(account))).toEqual(seen);
        }
      } finally {
        await shared.close();
      }
    });
  });

  describe('by external id and metadata', () => {
    const externalId = `external_id=${encodeURIComponent('https://crm.example/a b?x=1')}`;

    test.each([
      [externalId, ['Case']],
      ['metadata.case_id=42', ['Case', 'Case of Bob']],
      ['metadata[case_id]=42', ['Case', 'Case of Bob']],
      ['metadata.case_id=42&metadata.a.b=x', ['Case']],
      ['metadata.case_id=4', []],
      ['metadata.constructor=c', []],
      ['metadata.__proto__=c&metadata.hasOwnProperty=c&metadata.toString=c', []],
      ['metadata.case_id=42&organizer_user_id=2', ['Case of Bob']],
    ])('%s', async (query, expected) => {
      expect(await found(query)).toEqual(expected);
    });

    test('finds for a person only the events whose metadata the person sees', async () => {
      expect(await found('metadata.case_id=42', ann.client)).toEqual(['Case']);
      expect(await found('metadata.case_id=42', bob.client)).toEqual(['Case of Bob']);
      expect(await found('metadata.case_id=42', eve.client)).toEqual([]);
      expect(await found(externalId, ann.client)).toEqual(['Case']);
      expect(await found(externalId, bob.client)).toEqual([]);
    });

    test.each([
      ['metadata.=42', 'metadata.'],
      ['metadata=42', 'metadata'],
      ['metadata.case_id=1&metadata.case_id=2', 'metadata'],
      [`metadata.${'x'.repeat(65)}=1`, 'metadata'],
      [`metadata.case_id=${'x'.repeat(501)}`, 'metadata'],
      [`q=${'x'.repeat(201)}`, 'q'],
      ['q=', 'q'],
      ['q=a+b+c+d+e+f+g+h+i+j+k', 'q'],
      ['from=monday', 'from'],
      ['from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z', 'to'],
      ['updated_since=2026', 'updated_since'],
      ['organizer_user_id=0', 'organizer_user_id'],
      ['attendee_user_id=x', 'attendee_user_id'],
      ['limit=1001', 'limit'],
      ['page_token=WzFd', 'page_token'],
      ['title=x', 'title'],
    ])('refuses %s, naming %s', async (query, field) => {
      const { status, body } = await backend.send('GET', `/events?${query}`);
      expect(status).toBe(400);
      expect(body.errors.map((error: { field: string }) => error.field)).toContain(field);
    });
  });

  test('by time finds a series in a window with an occurrence alone', async () => {
    expect(await found('q=weekly&from=2026-04-06T10:30:00Z&to=2026-04-06T10:40:00Z')).toEqual(['Weekly']);
    expect(await found('q=weekly&from=2026-04-07T00:00:00Z&to=2026-04-08T00:00:00Z')).toEqual([]);
    expect(await found('q=weekly&from=2030-01-01T00:00:00Z')).toEqual(['Weekly']);
    expect(await found('q=weekly&to=2026-01-05T09:00:00Z')).toEqual([]);
    expect(await found('q=steering&from=2026-03-02T10:30:00Z')).toEqual(['IT steering']);
    expect(await found('q=steering&from=2026-03-02T11:00:01Z')).toEqual([]);
  });

  test('shows cancelled events only when asked', async () => {
    expect(await found('q=cancelled')).toEqual([]);
    expect(await found('q=cancelled&show_cancelled=true')).toEqual(['Cancelled plan']);
  });

  test('by the start of the first occurrence, a series like any other event', async () => {
    await add('Order c', { start_date: '2026-05-01T12:00:00Z' });
    await add('Order b', { start_date: '2026-05-01T11:00:00Z', repeat: { frequency: 'daily' } });
    await add('Order a', { start_date: '2026-05-01T10:00:00Z' });
    expect(await found('q=order')).toEqual(['Order a', 'Order b', 'Order c']);
    expect(await found('q=order&limit=1')).toEqual(['Order a']);
  });

  test('by the last change', async () => {
    const { body } = await backend.send('GET', `/events/${await add('Newest')}`);
    expect(await found(`q=newest&updated_since=${body.updated_at}`)).toEqual(['Newest']);
    const later = new Date(Date.parse(body.updated_at) + 1).toISOString();
    expect(await found(`q=newest&updated_since=${later}`)).toEqual([]);
  });

  test('pages through events of one start by start and id, and loses none', async () => {
    const made: number[] = [];
    for (let index = 0; index < 25; index += 1)
      made.push(await add(`Page ${index}`, { description: 'bulk', invited_user_ids: [bob.id, eve.id] }));
    const seen: number[] = [];
    for await (const { body } of eve.client.pages('/events?q=bulk&limit=10&max_attendees=1')) {
      expect(body.length).toBeLessThanOrEqual(10);
      for (const event of body) expect(event.attendees).toMatchObject([{ user: { id: eve.id } }]);
      seen.push(...body.map(({ id }) => id));
    }
    expect(seen).toEqual(made);
  });
});
