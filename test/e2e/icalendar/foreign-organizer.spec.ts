import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PASSWORD } from '../../support/client/account.js';
import { calendarFile, FileUser, linesOf, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const IN_MARCH = 'from=2126-03-01T00:00:00Z&to=2126-04-01T00:00:00Z';

let application: TestApplication;
let client: Client;
let backend: Client;

beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
  backend = await addKey(application, 1);
});
afterAll(async () => application.close());

function invitation(email: string, status: string, ...lines: readonly string[]): string[] {
  return vevent(
    'ORGANIZER;CN=Zoe:mailto:zoe@elsewhere.example',
    'ATTENDEE;CN=Zoe;PARTSTAT=ACCEPTED:mailto:zoe@elsewhere.example',
    `ATTENDEE;PARTSTAT=${status};ROLE=OPT-PARTICIPANT:mailto:${email}`,
    'ATTENDEE;CN=Yan;PARTSTAT=TENTATIVE:mailto:yan@elsewhere.example',
    ...lines,
  );
}

async function busyOf(userId: number): Promise<number> {
  const { body } = await client.get(`/free-busy?user_ids=${userId}&${IN_MARCH}`);
  return (body as { busy: object[] }[])[0].busy.length;
}

async function idsOf(filter: string): Promise<number[]> {
  return (await backend.get(`/events?${filter}` as '/events')).body.map(({ id }) => id);
}

async function withPassword({ id, email }: FileUser) {
  await backend.patch(`/users/${id}`, { password: PASSWORD });
  return { email, password: PASSWORD };
}

describe('an event whose organizer has no account', () => {
  test('has the organizer as a guest, and an owner', async () => {
    const ann = await FileUser.of(client);
    const [event] = await ann.imported(invitation(ann.email, 'NEEDS-ACTION'));
    expect(event).toMatchObject({ organizer_user_id: null, owner_user_id: ann.id });
    expect(event.attendees).toMatchObject([
      {
        status: 'organizer',
        user: null,
        guest: { email: 'zoe@elsewhere.example', name: 'Zoe' },
        invite_id: null,
      },
      { status: 'needs_action', user: { id: ann.id }, guest: null, role: 'optional' },
      { status: 'tentative', user: null, guest: { email: 'yan@elsewhere.example', name: 'Yan' } },
    ]);
  });

  test('has the same in lists, with any number of attendees', async () => {
    const ann = await FileUser.of(client);
    const [event] = await ann.imported(invitation(ann.email, 'ACCEPTED'));
    const { body } = await client.get(`/users/${ann.id}/events?${IN_MARCH}&max_attendees=2`);
    expect(body).toMatchObject([
      {
        id: event.id,
        organizer_user_id: null,
        owner_user_id: ann.id,
        attendees: [{ user: { id: ann.id } }, { status: 'organizer', user: null }],
        attendees_omitted: 1,
      },
    ]);
  });

  test('is found by its attendee, and not by its owner as organizer', async () => {
    const ann = await FileUser.of(client);
    const [event] = await ann.imported(invitation(ann.email, 'ACCEPTED'));
    expect(await idsOf(`organizer_user_id=${ann.id}`)).toEqual([]);
    expect(await idsOf(`attendee_user_id=${ann.id}`)).toEqual([event.id]);
  });

  test.each([
    ['ACCEPTED', 1],
    ['NEEDS-ACTION', 1],
    ['DECLINED', 0],
  ])('takes the time of its owner by the answer %s', async (status, busy) => {
    const ann = await FileUser.of(client);
    await ann.imported(invitation(ann.email, status));
    expect(await busyOf(ann.id)).toBe(busy);
  });

  test('is accepted by an owner whom the file does not list', async () => {
    const ann = await FileUser.of(client);
    const [event] = await ann.imported(vevent('ORGANIZER:mailto:zoe@elsewhere.example'));
    expect(event.attendees).toMatchObject([
      { status: 'organizer', user: null },
      { status: 'accepted', user: { id: ann.id } },
    ]);
    expect(linesOf(await ann.export()).filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
  });

  test('can be answered, and the answer is exported', async () => {
    const ann = await FileUser.of(client);
    const [event] = await ann.imported(invitation(ann.email, 'NEEDS-ACTION'));
    const { invite_id: invite } = event.attendees[1];
    expect((await client.post(`/event-invites/${invite ?? 0}:decline`)).status).toBe(200);
    expect(await busyOf(ann.id)).toBe(0);
    const line = linesOf(await ann.export()).find((one) => one.includes(ann.email));
    expect(line).toContain('PARTSTAT=DECLINED');
  });

  test('keeps the answer of its owner if the owner moves it', async () => {
    const ann = await FileUser.of(client);
    const [event] = await ann.imported(invitation(ann.email, 'ACCEPTED'));
    const { body } = await client.patch(`/events/${event.id}`, { start_date: '2126-03-05T09:00:00Z' });
    expect(body).toMatchObject({ organizer_user_id: null, attendees: [{}, { status: 'accepted' }, {}] });
  });

  test('keeps its organizer and its owner in every change of attendees', async () => {
    const ann = await FileUser.of(client);
    const [event] = await ann.imported(invitation(ann.email, 'ACCEPTED'));
    const { body } = await client.patch(`/events/${event.id}`, { invited: [], invited_user_ids: [] });
    expect(body).toMatchObject({
      attendees: [
        { status: 'organizer', user: null },
        { status: 'accepted', user: { id: ann.id } },
      ],
    });
    const removed = await client.delete(`/events/${event.id}/attendees/${ann.id}`);
    expect([removed.status, removed.body]).toMatchObject([409, { code: 'organizer_attends' }]);
  });

  test('belongs to the user to whom it is handed over, who organizes it', async () => {
    const [ann, bob] = [await FileUser.of(client), await FileUser.of(client)];
    const [event] = await ann.imported(invitation(ann.email, 'ACCEPTED'));
    const { body } = await backend.patch(`/events/${event.id}`, { organizer_user_id: bob.id });
    expect(body).toMatchObject({ organizer_user_id: bob.id, owner_user_id: bob.id });
    expect((body as typeof event).attendees).toMatchObject([
      { status: 'organizer', user: { id: bob.id } },
      { user: { id: ann.id } },
      { user: null, guest: { email: 'zoe@elsewhere.example' }, status: 'accepted' },
      { user: null, guest: { email: 'yan@elsewhere.example' } },
    ]);
  });

  test('is not handed over to a user who owns an event with the same UID', async () => {
    const [ann, bob] = [await FileUser.of(client), await FileUser.of(client)];
    const [event] = await ann.imported(invitation(ann.email, 'ACCEPTED'));
    await bob.imported(invitation(bob.email, 'ACCEPTED'));
    const refused = await backend.patch(`/events/${event.id}`, { organizer_user_id: bob.id });
    expect([refused.status, refused.body]).toMatchObject([409, { code: 'uid_taken' }]);
  });

  test('is deleted with its calendar, and with its owner', async () => {
    const ann = await FileUser.of(client);
    const { body: trips } = await client.create(`/users/${ann.id}/calendars`, { name: 'Trips' });
    const { event_id: id } = await ann.importOne(
      calendarFile(invitation(ann.email, 'ACCEPTED')),
      `?calendar_id=${trips.id}`,
    );
    await client.delete(`/calendars/${trips.id}?events=delete`);
    expect((await client.get(`/events/${id ?? 0}`)).status).toBe(404);
  });
});

describe('the people of a file', () => {
  test('are guests, users too, who are neither invited nor busy', async () => {
    const [ann, bob] = [await FileUser.of(client), await FileUser.of(client)];
    const [event] = await ann.imported(
      vevent(`ORGANIZER:mailto:${ann.email}`, `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${bob.email}`),
    );
    expect(event).toMatchObject({
      organizer_user_id: ann.id,
      attendees: [
        { status: 'organizer', user: { id: ann.id } },
        { status: 'accepted', user: null, guest: { email: bob.email } },
      ],
    });
    expect(await busyOf(bob.id)).toBe(0);
    expect((await client.get(`/users/${bob.id}/event-invites`)).body).toEqual([]);
    expect((await client.get(`/users/${bob.id}/events?${IN_MARCH}`)).body).toEqual([]);
  });

  test('become no attendees when one of them verifies the address', async () => {
    const ann = await FileUser.of(client);
    const email = 'later@example.com';
    await ann.imported(vevent(`ORGANIZER:mailto:${ann.email}`, `ATTENDEE:mailto:${email}`));
    const { body: later } = await client.create('/users', { name: 'Later', email, password: PASSWORD });
    await backend.post(`/users/${later.id}:verify-email`);
    const { body } = await backend.get(`/users/${later.id}/event-invites`);
    expect(body).toEqual([]);
  });

  test('are no open invitations', async () => {
    const ann = await FileUser.of(client);
    const crowd = Array.from(
      { length: 600 },
      (_, index) => `ATTENDEE:mailto:guest${index}@elsewhere.example`,
    );
    await ann.imported(vevent(`ORGANIZER:mailto:${ann.email}`, ...crowd));
    const rows = await query<{ count: string }>(
      application.database.url,
      `SELECT count(*) FROM guests WHERE imported_as = 'attendee' AND address LIKE 'guest%'`,
    );
    expect(Number(rows[0]?.count)).toBe(600);
    const { body: login } = await client.post('/auth/login', await withPassword(ann));
    const person = client.with(login.access_token);
    const { status } = await person.post('/events', {
      title: 'Party',
      start_date: '2126-03-05T09:00:00Z',
      duration: 60,
      organizer_user_id: ann.id,
      invited: [{ email: 'new@elsewhere.example' }],
    });
    expect(status).toBe(201);
  });

  test('book no room', async () => {
    const ann = await FileUser.of(client);
    const { body: room } = await backend.create('/rooms', { name: 'Room 5' });
    await ann.imported(
      vevent(`ORGANIZER:mailto:${ann.email}`, `ATTENDEE;CUTYPE=ROOM:mailto:room-${room.id}@resource.invalid`),
    );
    expect(await busyOf(room.id)).toBe(0);
  });
});

describe('the answers of a file to single occurrences', () => {
  test('are those of the owner', async () => {
    const ann = await FileUser.of(client);
    const file = calendarFile(
      invitation(ann.email, 'ACCEPTED', 'RRULE:FREQ=DAILY;COUNT=3'),
      invitation(
        ann.email,
        'DECLINED',
        'RECURRENCE-ID:21260305T090000Z',
        'DTSTART:21260305T090000Z',
        'DTEND:21260305T100000Z',
      ),
    );
    const { event_id: id } = await ann.importOne(file);
    expect(await busyOf(ann.id)).toBe(2);
    const { body } = await client.get(`/events/${id ?? 0}/occurrences?${IN_MARCH}`);
    expect(body).toMatchObject([
      { answers: [] },
      { answers: [{ user_id: ann.id, status: 'declined' }] },
      { answers: [] },
    ]);
    expect((await ann.importOne(file)).status).toBe('unchanged');
  });
});
