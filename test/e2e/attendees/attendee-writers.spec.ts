import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { DAILY, SECOND } from '../../support/client/attendees.js';
import { Client } from '../../support/client/client.js';
import { Rooms, statusOf } from '../../support/client/rooms.js';
import {
  addCalendar,
  type GrantedAccess,
  primaryCalendarOf,
  share,
  shareWithTenant,
} from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

describe('the attendees of an event in a shared calendar', () => {
  let application: TestApplication;
  let backend: Client;
  let rooms: Rooms;
  let ann: Account;
  let bob: Account;
  let carl: Account;
  let eve: Account;
  let count = 0;

  beforeAll(async () => {
    application = await startTestApplication();
    const anyone = new Client(application.url);
    backend = await addKey(application, 1);
    rooms = new Rooms(backend);
    [ann, bob, carl, eve] = await Promise.all(
      ['ann', 'bob', 'carl', 'eve'].map(async (name) => signUp(anyone, name)),
    );
    // So that Eve knows nothing by Bob's calendar.
    await shareWithTenant(bob.client, await primaryCalendarOf(bob), 'none');
  });
  afterAll(async () => application.close());

  /** An event of Ann with Bob, a guest and a room, in a calendar to which Eve has this access. */
  async function shared(access: GrantedAccess, fields: object = {}) {
    count += 1;
    const calendar = await addCalendar(ann, `Calendar ${count}`);
    await share(ann.client, calendar, eve.id, access);
    const room = await rooms.room({ auto_accept: false });
    const { body } = await backend.create('/events', {
      title: 'Planning',
      ...DAILY,
      organizer_user_id: ann.id,
      calendar_id: calendar,
      invited_user_ids: [bob.id],
      invited_room_ids: [room],
      invited: [{ email: 'zoe@example.net' }],
      ...fields,
    });
    const inviteOf = (id: number | undefined) =>
      body.attendees.find(({ user }) => user?.id === id)?.invite_id as number;
    const told = async () => (await backend.get(`/events/${body.id}`)).body;
    return { id: body.id, room, told, ofBob: inviteOf(bob.id), ofGuest: inviteOf(undefined) };
  }

  const send = async (method: string, path: string, body?: object) =>
    (await eve.client.send(method, path, body)).status;

  test.each<[GrantedAccess, object, number, number]>([
    ['owner', {}, 201, 204],
    ['writer', {}, 201, 204],
    ['writer+', { visibility: 'private' }, 201, 204],
    ['writer', { visibility: 'private' }, 403, 403],
    ['reader+', {}, 403, 403],
    ['reader+', { visibility: 'private' }, 403, 403],
    ['free_busy_reader', {}, 403, 403],
    ['none', {}, 404, 404],
  ])('are added and removed with the role %s, %j: %i, %i', async (access, fields, added, removed) => {
    const { id, told, ofBob, ofGuest, room } = await shared(access, fields);
    const before = await told();
    const path = `/events/${id}/attendees`;
    expect(await send('POST', path, { user_id: carl.id })).toBe(added);
    expect(await send('POST', path, { email: 'yan@example.net', original_start: SECOND })).toBe(added);
    expect(await send('POST', path, { room_id: await rooms.room() })).toBe(added);
    expect(await send('DELETE', `${path}/${room}`)).toBe(removed);
    // An invite that the caller does not see is not there.
    const isKnown = access.startsWith('writer') || access === 'owner';
    const byInvite = isKnown ? removed : 404;
    expect(await send('DELETE', `/event-invites/${ofBob}?original_start=${SECOND}`)).toBe(byInvite);
    expect(await send('DELETE', `/event-invites/${ofBob}`)).toBe(byInvite);
    const isSeen = isKnown || (access === 'reader+' && removed === 403);
    expect(await send('DELETE', `/event-invites/${ofGuest}`)).toBe(isSeen ? removed : 404);
    const { version, attendees } = await told();
    const changed = [ann.id, carl.id, 'yan@example.net', expect.any(Number)];
    const unchanged = [ann.id, bob.id, room, 'zoe@example.net'];
    expect(attendees.map(({ user, guest }) => user?.id ?? guest?.email)).toEqual(
      added === 201 ? changed : unchanged,
    );
    expect(version === before.version).toBe(added !== 201);
  });

  test.each<[GrantedAccess, number]>([
    ['owner', 200],
    ['writer', 200],
    ['reader+', 403],
    ['free_busy_reader', 404],
    ['none', 404],
  ])('who are guests have answers by others with the role %s: %i', async (access, status) => {
    const { ofGuest, told } = await shared(access);
    expect(await send('POST', `/event-invites/${ofGuest}:accept`, { original_start: SECOND })).toBe(status);
    expect(await send('POST', `/event-invites/${ofGuest}:decline`)).toBe(status);
    const guest = (await told()).attendees.find(({ user }) => user === null);
    expect(guest?.status).toBe(status === 200 ? 'declined' : 'needs_action');
  });

  test.each<[GrantedAccess, number]>([
    ['owner', 200],
    ['writer', 200],
    ['reader+', 403],
    ['none', 404],
  ])('that are rooms have answers by others with the role %s on the room: %i', async (access, status) => {
    const { id, told } = await shared('reader');
    const room = await rooms.room({ auto_accept: false });
    await share(backend, await primaryCalendarOf({ client: backend, id: room }), eve.id, access);
    const { body } = await backend.create(`/events/${id}/attendees`, { room_id: room });
    expect(await send('POST', `/event-invites/${body.invite_id as number}:accept`)).toBe(status);
    expect(statusOf(await told(), room)).toBe(status === 200 ? 'accepted' : 'needs_action');
  });

  test('are shown again to a repeat of the request that added them', async () => {
    const { id } = await shared('writer');
    const repeated = eve.client.withHeaders({ 'idempotency-key': 'once' });
    const path = `/events/${id}/attendees` as const;
    await backend.delete(`${path}/${bob.id}`);
    const first = await repeated.post(path, { user_id: bob.id });
    const again = await repeated.post(path, { user_id: bob.id });
    // The repeat searches no conflicts.
    const body = { ...first.body, conflicts_checked_until: expect.any(String) };
    expect([first.status, again.status, again.body]).toEqual([201, 201, body]);
  });

  test('who are guests keep their address from a writer who answers for them', async () => {
    const { ofGuest } = await shared('writer');
    const answers = [{}, { original_start: SECOND }].map((body) => ({ verb: 'accept', body }));
    for (const { verb, body } of [...answers, { verb: 'decline', body: {} }]) {
      const told = await eve.client.send('POST', `/event-invites/${ofGuest}:${verb}`, body);
      expect(told).toMatchObject({ status: 200, body: { guest: { email: null } } });
    }
  });

  test('are not told to a writer who repeats the request and does not see the event any more', async () => {
    const { id } = await shared('writer', { invited_user_ids: [] });
    const repeated = eve.client.withHeaders({ 'idempotency-key': 'seen-once' });
    const path = `/events/${id}/attendees` as const;
    const { body } = await repeated.post(path, { user_id: bob.id });
    await backend.patch(`/events/${id}`, { visibility: 'private' });
    await bob.client.post(`/event-invites/${body.invite_id as number}:accept`, { comment: 'In confidence' });
    expect((await repeated.post(path, { user_id: bob.id })).status).toBe(404);
  });

  test('beyond the limit of open invitations are refused to a writer without the number of the open ones', async () => {
    const { id } = await shared('writer');
    const hidden = await addCalendar(ann, 'Hidden');
    await shareWithTenant(ann.client, hidden, 'none');
    const invited = Array.from({ length: 505 }, (_, index) => ({ email: `stranger${index}@example.net` }));
    const event = { title: 'Hidden', ...DAILY, organizer_user_id: ann.id, calendar_id: hidden, invited };
    await backend.create('/events', event);
    const refused = await eve.client.post(`/events/${id}/attendees`, { email: 'one-more@example.net' });
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_invitations' } });
    expect(JSON.stringify(refused.body).match(/\b5\d\d\b/g)).toEqual(['500', '500']);
  });
});
