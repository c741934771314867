import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PASSWORD } from '../../support/client/account.js';
import { calendarFile, FileUser, linesOf, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const HOST = 'host@elsewhere.example';

let application: TestApplication;
let client: Client;
let backend: Client;
let ann: FileUser;
let bob: FileUser;

beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
  backend = await addKey(application, 1);
});
beforeEach(async () => {
  [ann, bob] = [await FileUser.of(client), await FileUser.of(client, { name: 'Bob' })];
});
afterAll(async () => application.close());

function attendee(email: string, ...parameters: readonly string[]): string {
  return ['ATTENDEE', 'X-A=1', ...parameters, `PARTSTAT=ACCEPTED:mailto:${email}`].join(';');
}

/** A series in whose second occurrence Bob has another answer. */
function seriesWith(host: string, email: string): string {
  return calendarFile(
    vevent('RRULE:FREQ=DAILY;COUNT=4', `ORGANIZER:mailto:${host}`, attendee(email, 'CN=Robert')),
    vevent(
      'RECURRENCE-ID:21260305T090000Z',
      'DTSTART:21260305T110000Z',
      'DTEND:21260305T120000Z',
      `ORGANIZER:mailto:${host}`,
      attendee(email, 'CN=Robert').replace('ACCEPTED', 'TENTATIVE'),
    ),
  );
}

/** Each attendee with an address: the id of a user, or the address of a guest, and the status. */
async function attendeesOf(id: number | null) {
  const { attendees } = await ann.event(id);
  return attendees.map(({ user, guest, status }) => [user?.id ?? guest?.email, status]);
}

async function linesWith(email: string): Promise<string[]> {
  return linesOf(await ann.export()).filter((line) => line.toLowerCase().includes(email.toLowerCase()));
}

describe('a guest of a file who is invited as a user', () => {
  test.each<[string, (id: number) => Promise<{ status: number }>]>([
    ['by the list of users', async (id) => client.patch(`/events/${id}`, { invited_user_ids: [bob.id] })],
    [
      'by the list of addresses',
      async (id) => client.patch(`/events/${id}`, { invited: [{ email: bob.email.toUpperCase() }] }),
    ],
    [
      'alone',
      async (id) => client.post(`/events/${id}/attendees` as '/events/1/attendees', { user_id: bob.id }),
    ],
    [
      'alone, by the address',
      async (id) => client.post(`/events/${id}/attendees` as '/events/1/attendees', { email: bob.email }),
    ],
  ])('attends once: %s', async (_, invite) => {
    const file = seriesWith(ann.email, bob.email);
    const { event_id: id } = await ann.importOne(file);
    expect(await attendeesOf(id)).toEqual([
      [ann.id, 'organizer'],
      [bob.email, 'accepted'],
    ]);
    expect((await invite(id ?? 0)).status).toBeLessThan(300);
    const invited = [
      [ann.id, 'organizer'],
      [bob.id, 'needs_action'],
    ];
    expect(await attendeesOf(id)).toEqual(invited);
    expect(await linesWith(bob.email)).toEqual([
      `ATTENDEE;X-A=1;CN=Bob;PARTSTAT=NEEDS-ACTION:mailto:${bob.email}`,
      `ATTENDEE;X-A=1;CN=Robert;PARTSTAT=NEEDS-ACTION:mailto:${bob.email}`,
    ]);
    expect((await ann.importOne(file)).status).toBe('unchanged');
    expect((await ann.importOne(await ann.export())).status).toBe('unchanged');
    expect((await ann.importOne(file.replace('SUMMARY:One', 'SUMMARY:Two'))).status).toBe('replaced');
    expect(await attendeesOf(id)).toEqual(invited);
  });

  test('answers for the whole series, and for an occurrence', async () => {
    const file = seriesWith(HOST, bob.email);
    const { event_id: id } = await ann.importOne(file);
    await client.patch(`/events/${id ?? 0}`, { invited_user_ids: [bob.id] });
    const { attendees } = await ann.event(id);
    const invite = attendees.find(({ user }) => user?.id === bob.id)?.invite_id ?? 0;
    await client.post(`/event-invites/${invite}:accept`);
    expect((await linesWith(bob.email)).map((line) => line.includes('=ACCEPTED'))).toEqual([true, true]);
    await client.post(`/event-invites/${invite}:decline`, { original_start: '2126-03-05T09:00:00Z' });
    expect((await linesWith(bob.email)).map((line) => line.includes('=DECLINED'))).toEqual([false, true]);
    expect((await ann.importOne(file)).status).toBe('unchanged');
  });

  test('to one occurrence alone is in each occurrence once', async () => {
    const file = seriesWith(HOST, bob.email);
    const { event_id: id } = await ann.importOne(file);
    await client.create(`/events/${id ?? 0}/attendees` as '/events/1/attendees', {
      user_id: bob.id,
      original_start: '2126-03-06T09:00:00Z',
    });
    expect((await linesWith(bob.email)).map((line) => /PARTSTAT=([A-Z-]+)/.exec(line)?.[1])).toEqual([
      'ACCEPTED',
      'TENTATIVE',
      'NEEDS-ACTION',
    ]);
    expect((await ann.importOne(file)).status).toBe('unchanged');
    expect((await ann.importOne(await ann.export())).status).toBe('unchanged');
  });

  test('stays the organizer without an account, with the answer of the user', async () => {
    const file = calendarFile(
      vevent('RRULE:FREQ=DAILY;COUNT=4', `ORGANIZER;X-A=1:mailto:${bob.email}`, attendee(bob.email)),
    );
    const { event_id: id } = await ann.importOne(file);
    await client.patch(`/events/${id ?? 0}`, { invited_user_ids: [bob.id] });
    expect(await ann.event(id)).toMatchObject({ organizer_user_id: null, owner_user_id: ann.id });
    expect(await linesWith(bob.email)).toEqual([
      `ORGANIZER;X-A=1:mailto:${bob.email}`,
      `ATTENDEE;X-A=1;PARTSTAT=NEEDS-ACTION:mailto:${bob.email}`,
    ]);
    expect((await ann.importOne(file)).status).toBe('unchanged');
    expect((await ann.importOne(file.replace('SUMMARY:One', 'SUMMARY:Two'))).status).toBe('replaced');
    expect(await ann.event(id)).toMatchObject({ organizer_user_id: null });
    expect(await linesWith(bob.email)).toHaveLength(2);
  });

  test('becomes the organizer, once', async () => {
    const { event_id: id } = await ann.importOne(seriesWith(ann.email, bob.email));
    const { status } = await backend.patch(`/events/${id ?? 0}`, { organizer_user_id: bob.id });
    expect(status).toBe(200);
    expect(await attendeesOf(id)).toEqual([
      [bob.id, 'organizer'],
      [ann.id, 'accepted'],
    ]);
  });
});

describe('a user who attends an event beside a guest of a file', () => {
  test('stands for the guest as soon as the user has the address of the guest', async () => {
    const email = 'yan@elsewhere.example';
    const { body: yan } = await client.create('/users', {
      name: 'Yan',
      email: 'yan@before.example',
      password: PASSWORD,
    });
    const [mine, other] = await ann.import(
      calendarFile(vevent(attendee(email)), vevent('UID:other', attendee(email))),
    );
    await client.patch(`/events/${mine.event_id ?? 0}`, { invited_user_ids: [yan.id] });
    expect(await attendeesOf(mine.event_id)).toHaveLength(3);
    const { version } = await ann.event(mine.event_id);
    // A key that sets the address verifies it.
    expect((await backend.patch(`/users/${yan.id}`, { email })).status).toBe(200);
    expect(await attendeesOf(mine.event_id)).toEqual([
      [ann.id, 'organizer'],
      [yan.id, 'needs_action'],
    ]);
    expect((await ann.event(mine.event_id)).version).toBe(version + 1);
    // The user does not attend the other event, and a file does not invite.
    expect(await attendeesOf(other.event_id)).toEqual([
      [ann.id, 'organizer'],
      [email, 'accepted'],
    ]);
  });
});
