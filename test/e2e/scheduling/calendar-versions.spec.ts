import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const START = '2126-01-07T09:00:00Z';

describe('the versions of calendars', () => {
  let application: TestApplication;
  let client: Client;
  let ann: number;
  let bob: number;
  let eve: number;

  beforeAll(async () => {
    application = await startTestApplication({ REMINDER_DISPATCH: 'off', WEBHOOK_DISPATCH: 'off' });
    client = await addKey(application, 1);
    [ann, bob, eve] = await createUsers(client, 3);
  });
  afterAll(async () => application.close());

  async function sql<Row extends object>(statement: string): Promise<Row[]> {
    return query<Row>(application.database.url, statement);
  }

  async function versions(column: 'entries' | 'settings'): Promise<Map<number, number>> {
    const rows = await sql<{ id: number; version: number }>(
      `SELECT user_id AS id, ${column}::integer AS version FROM calendar_versions`,
    );
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  /** By how much a change raises the versions of Ann, Bob and Eve. */
  async function raised(change: () => Promise<unknown>, column: 'entries' | 'settings' = 'entries') {
    const before = await versions(column);
    await change();
    const after = await versions(column);
    return [ann, bob, eve].map((id) => (after.get(id) ?? 0) - (before.get(id) ?? 0));
  }

  async function created(fields: object = {}): Promise<{ id: number; invite: number }> {
    const { body } = await client.create('/events', {
      title: 'Planning',
      organizer_user_id: ann,
      invited_user_ids: [bob],
      start_date: START,
      duration: 3_600,
      ...fields,
    });
    const invite = body.attendees.find(({ user }) => user?.id === bob)?.invite_id as number;
    return { id: body.id, invite };
  }

  async function send(method: string, path: string, body?: object): Promise<void> {
    const response = await client.send(method, path, body);
    if (response.status >= 300) throw new Error(`${response.status} ${JSON.stringify(response.body)}`);
  }

  const daily = { repeat: { frequency: 'daily', count: 5 } };

  test('of all attendees rise with a new event', async () => {
    expect(await raised(created)).toEqual([1, 1, 0]);
  });

  test('rise once with several events of one transaction', async () => {
    const request = { title: 'Both', organizer_user_id: ann, start_date: START, duration: 60 };
    const batch = async () => send('POST', '/events:batch-create', { requests: [request, request] });
    expect(await raised(batch)).toEqual([1, 0, 0]);
  });

  test.each<[string, () => object, number[]]>([
    ['another title', () => ({ title: 'Other' }), [0, 0, 0]],
    ['a text that only some may see', () => ({ visibility: 'private', description: 'Secret' }), [0, 0, 0]],
    ['another time', () => ({ start_date: '2126-01-07T10:00:00Z' }), [1, 1, 0]],
    ['another length', () => ({ duration: 60 }), [1, 1, 0]],
    ['another kind of time', () => ({ show_as: 'free' }), [1, 1, 0]],
    ['a cancellation', () => ({ status: 'cancelled' }), [1, 1, 0]],
    ['a rule', () => daily, [1, 1, 0]],
    [
      'another attendee, for the organizer and the attendee',
      () => ({ invited_user_ids: [bob, eve] }),
      [1, 0, 1],
    ],
    ['a guest, for the organizer', () => ({ invited: [{ email: 'guest@example.com' }] }), [1, 0, 0]],
    ['an attendee less', () => ({ invited_user_ids: [] }), [0, 1, 0]],
  ])('with %s', async (_, patch, expected) => {
    const { id } = await created();
    expect(await raised(async () => send('PATCH', `/events/${id}`, patch()))).toEqual(expected);
  });

  test('of the attendee alone rise with an answer', async () => {
    const { invite } = await created();
    expect(await raised(async () => send('POST', `/event-invites/${invite}:accept`))).toEqual([0, 1, 0]);
  });

  test('of the attendee alone rise with an answer to one occurrence', async () => {
    const { invite } = await created(daily);
    const answer = async () => send('POST', `/event-invites/${invite}:decline`, { original_start: START });
    expect(await raised(answer)).toEqual([0, 1, 0]);
  });

  test.each<[string, string, string, object | undefined]>([
    ['the change of an occurrence', 'PATCH', '?scope=this', { start_date: '2126-01-07T12:00:00Z' }],
    ['the deletion of an occurrence', 'DELETE', '?scope=this', undefined],
    ['a split', 'PATCH', '?scope=following', { title: 'Later' }],
  ])('of all attendees rise with %s', async (_, method, scope, body) => {
    const { id } = await created(daily);
    const path = `/events/${id}/occurrences/2126-01-08T09:00:00Z${scope}`;
    expect(await raised(async () => send(method, path, body))).toEqual([1, 1, 0]);
  });

  test('of all attendees rise with a deletion', async () => {
    const { id } = await created();
    expect(await raised(async () => send('DELETE', `/events/${id}`))).toEqual([1, 1, 0]);
  });

  test('rise with the statements of another version of the service', async () => {
    const { id } = await created();
    const move = async () =>
      sql(
        `UPDATE events SET span = tstzrange(lower(span), upper(span) + interval '1 hour') WHERE id = ${id}`,
      );
    expect(await raised(move)).toEqual([1, 1, 0]);
    const answer = async () =>
      sql(`UPDATE attendees SET status = 'accepted' WHERE event_id = ${id} AND user_id = ${bob}`);
    expect(await raised(answer)).toEqual([0, 1, 0]);
  });

  test('do not rise with a transaction that is rolled back', async () => {
    const { id } = await created();
    const statement = `BEGIN; UPDATE events SET show_as = 'free' WHERE id = ${id}; ROLLBACK`;
    expect(await raised(async () => sql(statement))).toEqual([0, 0, 0]);
  });

  test.each<[string, object, number[]]>([
    ['the zone', { time_zone: 'Europe/Berlin' }, [1, 0, 0]],
    ['the working hours', { working_hours: [{ days_of_week: [1], from: '09:00', to: '17:00' }] }, [1, 0, 0]],
    ['the hours of a date', { availability_overrides: [{ date: '2126-01-07', intervals: [] }] }, [1, 0, 0]],
    ['a time away', { away: [{ from: '2126-01-07', to: '2126-01-09' }] }, [1, 0, 0]],
    ['the rule of double bookings', { double_booking: 'reject' }, [1, 0, 0]],
    ['the name', { name: 'Anna' }, [1, 0, 0]],
  ])('of the settings rise with %s of a user', async (_, patch, expected) => {
    expect(await raised(async () => send('PATCH', `/users/${ann}`, patch), 'settings')).toEqual(expected);
  });

  test('of the settings of the owner rise with a calendar, its changes and the grants on it', async () => {
    const { body } = await client.create(`/users/${bob}/calendars`, { name: 'Birthdays' });
    const change = async () => send('PATCH', `/calendars/${body.id}`, { counts_as_busy: false });
    expect(await raised(change, 'settings')).toEqual([0, 1, 0]);
    const share = async () =>
      send('POST', `/calendars/${body.id}/grants`, {
        grantee: { type: 'user', user_id: eve },
        role: 'reader',
      });
    expect(await raised(share, 'settings')).toEqual([0, 1, 0]);
  });

  test('of the settings do not rise with a password', async () => {
    const statement = `UPDATE users SET generation = generation + 1 WHERE id = ${eve}`;
    expect(await raised(async () => sql(statement), 'settings')).toEqual([0, 0, 0]);
  });
});
