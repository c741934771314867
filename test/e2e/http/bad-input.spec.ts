import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FieldProblem } from '../../../clients/typescript/src/schema.js';
import { Client, type Refusal } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const EVENT = { title: 'Planning', start_date: '2022-09-06T10:00:00Z', duration: 3600, organizer_user_id: 1 };
const WINDOW = 'from=2022-09-06T00:00:00Z&to=2022-09-07T00:00:00Z';
const NEAREST = '/events:nearest-empty-time-interval';

async function expectRefusal(answer: Promise<Refusal>, status: number, ...fields: string[]): Promise<void> {
  const { status: actual, headers, body } = await answer;
  expect({ actual, body }).toMatchObject({ actual: status, body: { status, type: 'about:blank' } });
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(body.code).toEqual(expect.any(String));
  expect(body.title).toEqual(expect.any(String));
  expect(body.detail).toEqual(expect.any(String));
  expect(body.instance).toEqual(expect.any(String));
  expect((body.errors ?? []).map(({ field }: FieldProblem) => field)).toEqual(fields);
}

describe('bad input', () => {
  let application: TestApplication;
  let client: Client;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    await client.create('/users', { name: 'ann', email: 'ann@example.com' });
  });
  afterAll(async () => application.close());

  test.each([
    ['no name', { email: 'a@example.com' }, ['name']],
    ['a name of another type', { name: 5, email: 'a@example.com' }, ['name']],
    ['an empty name', { name: ' ', email: 'a@example.com' }, ['name']],
    ['NUL', { name: 'a\0', email: 'a@example.com' }, ['name']],
    ['a lone surrogate', { name: '\ud800', email: '\ud800@example.com' }, ['name', 'email']],
    ['no address', { name: 'a', email: 'a' }, ['email']],
    ['an unknown field', { name: 'a', email: 'a@example.com', admin: true }, ['admin']],
    ['an unknown zone', { name: 'a', email: 'a@example.com', time_zone: 'Mars/Olympus' }, ['time_zone']],
    ['an offset for a zone', { name: 'a', email: 'a@example.com', time_zone: '+03:00' }, ['time_zone']],
    [
      'working hours that end when they start',
      {
        name: 'a',
        email: 'a@example.com',
        working_hours: [{ days_of_week: [1], from: '09:00', to: '09:00' }],
      },
      ['working_hours'],
    ],
    [
      'working hours at 25 o’clock',
      {
        name: 'a',
        email: 'a@example.com',
        working_hours: [{ days_of_week: [8], from: '25:00', to: '26:00' }],
      },
      ['working_hours.0.days_of_week', 'working_hours.0.from', 'working_hours.0.to'],
    ],
  ])('refuses a user with %s', async (_, user, fields) => {
    await expectRefusal(client.send('POST', '/users', user), 400, ...fields);
  });

  test('refuses a field of another name, as the compiler does', async () => {
    const user = { name: 'a', email: 'a@example.com' };
    // @ts-expect-error -- The document has no such field of a request.
    const { status, body } = await client.post('/users', { ...user, full_name: 'a' });
    // @ts-expect-error -- No response has the field either.
    expect({ status, name: body.full_name }).toEqual({ status: 400, name: undefined });
  });

  test.each<[string, object, string[]]>([
    ['no title', { title: undefined }, ['title']],
    ['two descriptions', { desc: 'one', description: 'another' }, ['desc']],
    ['a day that does not exist', { start_date: '2022-02-30T10:00:00Z' }, ['start_date']],
    ['a time without a date', { start_date: '10:00' }, ['start_date']],
    ['the year 275760', { start_date: '+275760-09-06T10:00:00Z' }, ['start_date']],
    ['the year 1899', { start_date: '1899-12-31T10:00:00Z' }, ['start_date']],
    ['a date and no all_day', { start_date: '2022-09-06' }, ['start_date']],
    ['all_day and a time', { all_day: true, duration: 1 }, ['start_date']],
    ['all-day without a day', { start_date: '2022-09-06', all_day: true, duration: 0 }, ['duration']],
    [
      'all-day that ends at its start',
      { start_date: '2022-09-06', all_day: true, duration: undefined, end_date: '2022-09-06' },
      ['end_date'],
    ],
    ['a negative duration', { duration: -1 }, ['duration']],
    ['a fraction of a second', { duration: 1.5 }, ['duration']],
    ['a duration beyond a year', { duration: 366 * 86_400 + 1 }, ['duration']],
    ['a duration beyond all numbers', { duration: 1e21 }, ['duration']],
    ['all-day beyond a year', { start_date: '2022-09-06', all_day: true, duration: 367 }, ['duration']],
    ['a duration as text', { duration: '3600' }, ['duration']],
    ['neither duration nor end', { duration: undefined }, ['duration']],
    ['duration and end', { end_date: '2022-09-06T11:00:00Z' }, ['end_date']],
    ['an end before the start', { duration: undefined, end_date: '2022-09-06T09:59:59Z' }, ['end_date']],
    ['an unknown zone', { time_zone: 'Nowhere' }, ['time_zone']],
    ['an id beyond the range', { organizer_user_id: 2_147_483_648 }, ['organizer_user_id']],
    ['an id that is none', { invited_user_ids: [1, 'two'] }, ['invited_user_ids']],
    [
      '100,000 attendees',
      { invited_user_ids: Array.from({ length: 100_000 }, (_, i) => i + 1) },
      ['invited_user_ids'],
    ],
    ['a visibility that is none', { visibility: 'secret' }, ['visibility']],
    ['an empty repeat', { repeat: {} }, ['repeat']],
    ['a frequency that is none', { repeat: { frequency: 'hourly' } }, ['repeat.frequency']],
    [
      'a weekday that is none',
      { repeat: { frequency: 'weekly', days_of_week: [8] } },
      ['repeat.days_of_week'],
    ],
    ['count and until', { repeat: { frequency: 'daily', count: 2, until: '2023-01-01' } }, ['repeat.count']],
    ['a rule and a frequency', { repeat: { frequency: 'daily', rrule: 'FREQ=DAILY' } }, ['repeat.frequency']],
    ['a rule that hangs others', { repeat: { rrule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30' } }, ['repeat']],
    ['a month that is none', { repeat: { rrule: 'FREQ=YEARLY;BYMONTH=13' } }, ['repeat']],
    ['an interval below one', { repeat: { rrule: 'FREQ=DAILY;INTERVAL=-1' } }, ['repeat']],
    ['a rule without a frequency', { repeat: { rrule: 'BYDAY=MO' } }, ['repeat']],
    ['a rule with a DTSTART', { repeat: { rrule: 'DTSTART:20220906T100000Z\nFREQ=DAILY' } }, ['repeat']],
    ['an end before it begins', { repeat: { frequency: 'daily', until: '2022-09-05' } }, ['repeat']],
    [
      'no occurrence left',
      { repeat: { frequency: 'daily', count: 1, exdates: ['2022-09-06T10:00:00Z'] } },
      ['repeat'],
    ],
    [
      'a field of another frequency',
      { repeat: { frequency: 'daily', day_of_month: 5 } },
      ['repeat.day_of_month'],
    ],
  ])('refuses an event with %s', async (_, change, fields) => {
    await expectRefusal(client.post('/events', { ...EVENT, ...change }), 400, ...fields);
  });

  test('creates an event with all its invites or not at all', async () => {
    const unknown = { ...EVENT, invited_user_ids: [1, 4711] };
    await expectRefusal(client.post('/events', unknown), 404, 'invited_user_ids');
    await expectRefusal(client.post('/events', { ...EVENT, organizer_user_id: 9 }), 404, 'organizer_user_id');
    expect((await client.get(`/users/1/events?${WINDOW}`)).body).toEqual([]);
  });

  test.each([
    ['/users/abc', 400, ['user_id']],
    ['/users/0', 400, ['user_id']],
    ['/users/2147483648', 400, ['user_id']],
    ['/users/4711', 404, []],
    ['/users?email=nobody', 400, ['email']],
    ['/events/4711', 404, []],
    ['/event-invites/4711', 404, []],
    ['/users/4711/event-invites', 404, []],
    ['/users/1/event-invites?status=maybe', 400, ['status']],
    ['/users/1/event-invites?page_token=x', 400, ['page_token']],
    ['/users/1/event-invites?limit=0', 400, ['limit']],
    ['/users/1/events', 400, ['from', 'to']],
    [`/users/1/events?${WINDOW}&from=2022-09-06T00:00:00Z`, 400, ['from']],
    ['/users/1/events?from=2022-09-06&to=2022-09-07', 400, ['from', 'to']],
    ['/users/1/events?from=2022-09-07T00:00:00Z&to=2022-09-06T00:00:00Z', 400, ['to']],
    ['/users/1/events?from=2022-09-07T00:00:00Z&to=2032-09-06T00:00:00Z', 400, ['to']],
    [`/users/4711/events?${WINDOW}`, 404, []],
    [`/free-busy?${WINDOW}`, 400, ['user_ids']],
    [`/free-busy?${WINDOW}&user_ids=1&user_ids=4711`, 404, ['user_ids']],
    [`${NEAREST}?user_ids=1`, 400, ['duration']],
    [`${NEAREST}?user_ids=1&duration=`, 400, ['duration']],
    [`${NEAREST}?user_ids=1&duration=0`, 400, ['duration']],
    [`${NEAREST}?user_ids=1&duration=1h1h`, 400, ['duration']],
    [`${NEAREST}?user_ids=1&duration=9000h`, 400, ['duration']],
    [`${NEAREST}?duration=1h`, 400, ['user_ids']],
    [`${NEAREST}?duration=1h&user_ids=`, 400, ['user_ids']],
    [`${NEAREST}?duration=1h&user_ids=1,2`, 400, ['user_ids']],
    [`${NEAREST}?duration=1h&user_ids=1&user_ids=4711`, 404, ['user_ids']],
    [`${NEAREST}?duration=1h&user_ids=1&working_hours=maybe`, 400, ['working_hours']],
    [`${NEAREST}?duration=1h&user_ids=1&pending=maybe`, 400, ['pending']],
    ['/nowhere', 404, []],
    ['/users/%zz', 400, []],
    [`/users/${'2'.repeat(256)}`, 400, ['user_id']],
    [`/users/${'2'.repeat(12_000)}`, 400, ['user_id']],
    [`/event-invites/${'2'.repeat(12_000)}`, 400, ['invite_id']],
    [`/users?external_id=${'x'.repeat(256)}`, 400, ['external_id']],
    [`/events?external_id=${'%F0%9F%93%85'.repeat(256)}`, 400, ['external_id']],
  ] as [string, number, string[]][])('refuses GET %s', async (path, status, fields) => {
    await expectRefusal(client.get(path), status, ...fields);
  });

  test('refuses a body that is no JSON, of another type, or too large', async () => {
    await expectRefusal(client.send('POST', '/users', '{'), 400);
    await expectRefusal(client.send('POST', '/users', '{"__proto__":{"name":"a"}}'), 400, '__proto__');
    await expectRefusal(client.send('POST', '/users', `{"name":"${'a'.repeat(1_100_000)}"}`), 413);
    const form = await fetch(`${application.url}/users`, {
      method: 'POST',
      body: new URLSearchParams({ name: 'a' }),
    });
    expect(form.status).toBe(415);
    const header = await fetch(application.url, { headers: { 'x-long': 'a'.repeat(20_000) } });
    expect(header.status).toBe(431);
    expect(header.headers.get('content-type')).toContain('application/problem+json');
  });

  test('refuses an address that belongs to another user, in any case', async () => {
    await expectRefusal(client.post('/users', { name: 'b', email: 'ANN@example.com' }), 409, 'email');
    const { body: other } = await client.create('/users', { name: 'b', email: 'b@example.com' });
    await expectRefusal(client.patch(`/users/${other.id}`, { email: 'Ann@Example.com' }), 409, 'email');
    await expectRefusal(client.send('PATCH', `/users/${other.id}`, { name: null }), 400, 'name');
  });

  test('repeats no text of the client as if it named a field', async () => {
    const account = { name: 'c', email: '`timeZone`@example.com' };
    await client.create('/users', account);
    const { status, body } = await client.post('/users', account);
    expect({ status, detail: body.detail }).toEqual({
      status: 409,
      detail: 'The address belongs to another user.',
    });
  });

  test('refuses the input of a patch before it looks up the users to invite', async () => {
    const { body: event } = await client.create('/events', { ...EVENT, repeat: { frequency: 'daily' } });
    const unknown = { invited_user_ids: [4711] };
    await expectRefusal(client.patch(`/events/${event.id}`, unknown), 404, 'invited_user_ids');
    await expectRefusal(
      client.patch(`/events/${event.id}`, { ...unknown, start_date: '2022-09-06' }),
      400,
      'start_date',
    );
    const occurrence = client.patch(`/events/${event.id}/occurrences/${EVENT.start_date}`, unknown);
    await expectRefusal(occurrence, 400, 'invited_user_ids');
  });
});
