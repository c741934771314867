import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent, Event } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-first-key-of-the-tests-0123456789-0123456789';
const CONFERENCE = { url: 'https://meet.example/a', provider: 'Jitsi', phone: '+49 30 1', pin: '1234' };
const SHOWN = {
  url: 'https://crm.example/cases/42?tab=1',
  color: '#1a73e8',
  categories: ['review', 'Äußeres'],
  conference: CONFERENCE,
};
const KEPT = { external_id: 'case-42', metadata: { case_id: '42', 'a.b-c_D': '' } };
const NOTHING = { url: null, color: null, categories: [], conference: null };
const WINDOW = 'from=2026-07-01T00:00:00Z&to=2026-07-08T00:00:00Z';

describe('the fields of a product', () => {
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let cid: Account;
  let made = 0;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
    cid = await signUp(nobody, 'cid');
  });
  afterAll(async () => application.close());

  async function create(fields: object = {}, client = backend) {
    made += 1;
    const event = {
      title: 'Review',
      start_date: '2026-07-01T09:00:00Z',
      duration: 3600,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id],
      ...SHOWN,
      ...KEPT,
      external_id: `case-${made}`,
      ...fields,
    };
    const { status, body } = await client.send('POST', '/events', event);
    if (status !== 201) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return body as BookedEvent;
  }

  test('come back as they were sent', async () => {
    const event = await create();
    expect(event).toMatchObject({ ...SHOWN, metadata: KEPT.metadata, external_id: `case-${made}` });
    const { body } = await backend.get(`/events/${event.id}`);
    const { conflicts: _, conflicts_checked_until: __, ...created } = event;
    expect(body).toEqual(created);
  });

  test('are absent by default', async () => {
    const bare = await create({
      url: undefined,
      color: undefined,
      categories: undefined,
      conference: undefined,
      external_id: undefined,
      metadata: undefined,
    });
    expect(bare).toMatchObject({ ...NOTHING, external_id: null, metadata: {} });
  });

  test('of a color have lower case, and of a conference all parts', async () => {
    const event = await create({ color: '#1A73E8', conference: { phone: '112' } });
    expect(event).toMatchObject({
      color: '#1a73e8',
      conference: { url: null, provider: null, phone: '112', pin: null },
    });
  });

  test.each<[object, string]>([
    [{ url: 'javascript:alert(1)' }, 'url'],
    [{ url: `https://crm.example/${'x'.repeat(2_048)}` }, 'url'],
    [{ url: 'crm.example' }, 'url'],
    [{ color: 'red' }, 'color'],
    [{ categories: ['a', 'a'] }, 'categories'],
    [{ categories: 'a' }, 'categories'],
    [{ categories: Array.from({ length: 51 }, (_, index) => `${index}`) }, 'categories'],
    [{ categories: ['x'.repeat(101)] }, 'categories'],
    [{ conference: {} }, 'conference'],
    [{ conference: { url: 'ftp://meet.example' } }, 'conference.url'],
    [{ conference: { phone: 'x'.repeat(101) } }, 'conference.phone'],
    [{ conference: { phone: '112', room: 'a' } }, 'conference.room'],
    [{ external_id: '' }, 'external_id'],
    [{ external_id: 'x'.repeat(256) }, 'external_id'],
    [{ external_id: 42 }, 'external_id'],
    [{ metadata: 'a' }, 'metadata'],
    [{ metadata: [] }, 'metadata'],
  ])('%j are refused at %s, in a creation and in a change', async (fields, field) => {
    const event = await create();
    const body = {
      title: 'a',
      start_date: '2026-07-01',
      all_day: true,
      organizer_user_id: ann.id,
      ...fields,
    };
    const refusals = [
      await backend.send('POST', '/events', body),
      await backend.send('PATCH', `/events/${event.id}`, fields),
    ];
    const wrong = refusals.map((refused) =>
      refused.body.errors.map((error: { field: string }) => error.field),
    );
    expect(refusals.map(({ status }) => status)).toEqual([400, 400]);
    expect(wrong).toEqual([[field], [field]]);
    expect((await backend.get(`/events/${event.id}`)).body).toMatchObject({ version: event.version });
  });

  test.each<[object, object]>([
    [{ url: 'http://other.example/' }, { url: 'http://other.example/' }],
    [{ url: null }, { url: null }],
    [{ color: '#000000' }, { color: '#000000' }],
    [{ color: null }, { color: null }],
    [{ categories: ['b'] }, { categories: ['b'] }],
    [{ categories: [] }, { categories: [] }],
    [{ categories: null }, { categories: [] }],
    [{ conference: { phone: '1' } }, { conference: { url: null, provider: null, phone: '1', pin: null } }],
    [{ conference: null }, { conference: null }],
    [{ external_id: null }, { external_id: null }],
    [{ external_id: 'other' }, { external_id: 'other' }],
    [{ metadata: { case_id: '43' } }, { metadata: { ...KEPT.metadata, case_id: '43' } }],
  ])('change by %j alone, which makes a new version', async (patch, changed) => {
    const before = await create();
    const { conflicts: _, conflicts_checked_until: __, ...event } = before;
    const { status, body } = await backend.send('PATCH', `/events/${event.id}`, patch);
    expect([status, body.version]).toEqual([200, event.version + 1]);
    const after = { ...event, ...changed, version: body.version, updated_at: body.updated_at };
    expect(body).toMatchObject(after);
    expect((await backend.get(`/events/${event.id}`)).body).toEqual(after);
  });

  test('belong to the series, not to an occurrence', async () => {
    const event = await create({ repeat: { frequency: 'daily', count: 5 } });
    const path = `/events/${event.id}/occurrences/2026-07-02T09:00:00Z` as const;
    for (const [field, value] of Object.entries({ ...SHOWN, ...KEPT })) {
      const refused = await backend.send('PATCH', path, { [field]: value });
      expect([refused.status, refused.body.errors[0].field]).toEqual([400, field]);
    }
  });

  test('of a series go with both parts of it, and the external id stays with the first', async () => {
    const event = await create({ repeat: { frequency: 'daily', count: 5 } });
    const path = `/events/${event.id}/occurrences/2026-07-03T09:00:00Z?scope=following` as const;
    const { status, body } = await backend.send('PATCH', path, { title: 'Later' });
    expect(status).toBe(200);
    const [first, later] = [
      (await backend.get(`/events/${event.id}`)).body,
      (await backend.get(`/events/${body.event_id}`)).body,
    ];
    expect(first).toMatchObject({ ...SHOWN, metadata: KEPT.metadata, external_id: event.external_id });
    expect(later).toMatchObject({ ...SHOWN, metadata: KEPT.metadata, external_id: null, title: 'Later' });
  });

  test('of the later part of a series change with it', async () => {
    const event = await create({ repeat: { frequency: 'daily', count: 5 } });
    const path = `/events/${event.id}/occurrences/2026-07-03T09:00:00Z?scope=following` as const;
    const patch = { color: null, metadata: { case_id: null }, external_id: `later-${event.id}` };
    const { body } = await backend.send('PATCH', path, patch);
    expect((await backend.get(`/events/${body.event_id}`)).body).toMatchObject({
      color: null,
      metadata: { 'a.b-c_D': '' },
      external_id: `later-${event.id}`,
    });
    expect((await backend.get(`/events/${event.id}`)).body).toMatchObject({ color: SHOWN.color });
  });

  /** The forms in which a caller reads the event, by path. */
  async function formsSeenBy(client: Client, { id }: BookedEvent) {
    const [one, listed, expanded] = [
      await client.get(`/events/${id}`),
      await client.get(`/users/${bob.id}/events?${WINDOW}&max_attendees=0`),
      await client.get(`/users/${ann.id}/events?${WINDOW}&expand=true`),
    ];
    const inList = (body: unknown) => (body as { id?: number }[]).find((event) => event.id === id);
    return [one.body, inList(listed.body), inList(expanded.body)];
  }

  describe('are seen', () => {
    test.each<[string, () => Client, boolean]>([
      ['a key', () => backend, true],
      ['the organizer', () => ann.client, true],
      ['a key as the organizer', () => backend.as(ann.id), true],
      ['an attendee', () => bob.client, false],
      ['a key as an attendee', () => backend.as(bob.id), false],
      ['another user', () => cid.client, false],
      ['a client without a token, since the organizer has a password', () => nobody, false],
    ])('by %s, with the external id and the metadata: %#', async (_, client, seesAll) => {
      const event = await create();
      const kept = seesAll ? { external_id: event.external_id, metadata: KEPT.metadata } : {};
      for (const form of await formsSeenBy(client(), event)) {
        expect(form).toMatchObject(SHOWN);
        const { external_id, metadata } = form as Partial<Event>;
        expect({ external_id, metadata }).toEqual(kept);
      }
    });

    test('by a client without a token if the organizer has no password', async () => {
      const { body: dee } = await nobody.create('/users', { name: 'dee', email: 'dee@example.com' });
      const event = await create({ organizer_user_id: dee.id }, nobody);
      expect(event).toMatchObject({ ...SHOWN, metadata: KEPT.metadata });
      for (const form of (await formsSeenBy(nobody, event)).slice(0, 2))
        expect(form).toMatchObject({ external_id: event.external_id, metadata: KEPT.metadata });
      for (const form of (await formsSeenBy(bob.client, event)).slice(0, 2))
        expect(form).not.toHaveProperty('metadata');
    });

    test('in the response of a change as in that of a read', async () => {
      const event = await create();
      const patched = await ann.client.patch(`/events/${event.id}`, { metadata: { more: 'x' } });
      expect(patched.body).toMatchObject({ external_id: event.external_id });
      const own = await create({ external_id: undefined }, ann.client);
      expect(own).toMatchObject({ external_id: null, metadata: KEPT.metadata });
    });

    test('by no caller who sees the times alone', async () => {
      const event = await create({ visibility: 'private' });
      const { body } = await cid.client.get(`/events/${event.id}`);
      expect(body).toMatchObject({ redacted: true });
      for (const field of Object.keys({ ...SHOWN, ...KEPT })) expect(body).not.toHaveProperty(field);
      const listed = await cid.client.get(`/users/${ann.id}/events?${WINDOW}&expand=true`);
      expect(JSON.stringify(listed.body)).not.toContain(`"${event.external_id}"`);
    });

    test('in no invite and no occurrence', async () => {
      const event = await create();
      const [invite] = (await bob.client.get(`/users/${bob.id}/event-invites`)).body as object[];
      const [occurrence] = (await bob.client.get(`/events/${event.id}/occurrences?${WINDOW}`))
        .body as object[];
      for (const body of [invite, occurrence])
        for (const field of Object.keys(KEPT)) expect(body).not.toHaveProperty(field);
    });
  });

  test('are created once by a repeated request', async () => {
    const body = {
      title: 'Once',
      start_date: '2026-07-01T09:00:00Z',
      duration: 60,
      organizer_user_id: ann.id,
      ...SHOWN,
      external_id: 'once',
      metadata: KEPT.metadata,
    };
    const headers = { 'idempotency-key': 'fields' };
    const first = await backend.send('POST', '/events', body, headers);
    const again = await backend.send('POST', '/events', body, headers);
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([
      201,
      201,
      'true',
    ]);
    expect(again.body).toEqual(first.body);
  });
});
