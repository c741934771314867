import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  isAllowed,
  SHARED_START,
  SHARED_WRITES,
  type Shared,
} from '../../support/calendars/shared-writes.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { headersOf } from '../../support/client/file-type.js';
import {
  addCalendar,
  type GrantedAccess,
  grantOfTenant,
  primaryCalendarOf,
  share,
} from '../../support/client/sharing.js';
import { documentOf } from '../../support/openapi/operation.js';
import { operationsOf } from '../../support/openapi/operations.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

/** A grant, and an event in the calendar. */
const CASES: readonly (readonly [GrantedAccess, Shared['visibility']])[] = [
  ['none', 'public'],
  ['free_busy_reader+', 'public'],
  ['reader+', 'private'],
  ['writer', 'public'],
  ['writer', 'private'],
  ['writer+', 'private'],
  ['owner', 'private'],
];

describe('every operation that changes something', () => {
  let application: TestApplication;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let dan: Account;
  let eve: Account;
  let count = 0;

  beforeAll(async () => {
    application = await startTestApplication();
    const anyone = new Client(application.url);
    backend = await addKey(application, 1);
    [ann, bob] = [await signUp(anyone, 'ann'), await signUp(anyone, 'bob')];
    [dan, eve] = [await signUp(anyone, 'dan'), await signUp(anyone, 'eve')];
    // So that Ann's calendar alone decides about the events of Bob.
    await share(bob.client, await primaryCalendarOf(bob), eve.id, 'reader+');
  });
  afterAll(async () => application.close());

  test('has an entry in the table', async () => {
    const operations = operationsOf(await documentOf(backend)).filter((name) => !name.startsWith('GET'));
    expect(Object.keys(SHARED_WRITES).toSorted()).toEqual(operations.toSorted());
  });

  async function shared(access: GrantedAccess, visibility: Shared['visibility']): Promise<Shared> {
    count += 1;
    const externalId = `shared-${count}`;
    const calendarId = await addCalendar(ann, externalId);
    const event = {
      title: 'Planning',
      start_date: SHARED_START,
      duration: 60,
      organizer_user_id: ann.id,
      visibility,
      repeat: { frequency: 'daily', count: 2 },
    } as const;
    const own = await backend.create('/events', {
      ...event,
      calendar_id: calendarId,
      external_id: externalId,
      invited_user_ids: [dan.id],
    });
    const other = { ...event, organizer_user_id: bob.id, invited_user_ids: [ann.id] };
    const { body: attended } = await bob.client.create('/events', other);
    await ann.client.patch(`/users/${ann.id}/events/${attended.id}`, { calendar_id: calendarId });
    await share(ann.client, calendarId, eve.id, access);
    return {
      annId: ann.id,
      bobId: bob.id,
      calendarId,
      grantId: await grantOfTenant(ann.client, calendarId),
      feedId: (await ann.client.create(`/calendars/${calendarId}/feeds`, { detail: 'busy' })).body.id,
      eventId: own.body.id,
      externalId,
      attendeeId: dan.id,
      attendeesInviteId: own.body.attendees[1].invite_id as number,
      visibility,
      inviteId: attended.attendees[1].invite_id as number,
    };
  }

  const stateOf = async ({ eventId, calendarId, inviteId }: Shared) => {
    const paths = [
      `/events/${eventId}`,
      `/calendars/${calendarId}`,
      `/calendars/${calendarId}/grants`,
      `/event-invites/${inviteId}`,
    ];
    const answers = [];
    for (const path of paths) answers.push((await backend.get(path)).body);
    const { body: events } = await backend.get(
      `/calendars/${calendarId}/events?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z`,
    );
    return JSON.stringify([...answers, events]);
  };

  test.each(
    Object.keys(SHARED_WRITES).flatMap((name) =>
      SHARED_WRITES[name] === null
        ? []
        : CASES.map(([access, visibility]) => [name, access, visibility] as const),
    ),
  )('%s of a caller with %s, on a %s event', async (name, access, visibility) => {
    const write = SHARED_WRITES[name];
    if (!write) throw new Error(name);
    const objects = await shared(access, visibility);
    const { path, body } = write.request(objects);
    const before = await stateOf(objects);
    const [method] = name.split(' ');
    const { status } = await backend.as(eve.id).send(method, path, body, headersOf(body));
    const isDone = status >= 200 && status < 300;
    // To a caller who does not see the event, another one has the external id.
    const isRefused = status === 403 || status === 404 || (status === 409 && path.includes('by-external-id'));
    const isAllowedTo = isAllowed(write.needs, access, visibility);
    const isChanged = (await stateOf(objects)) !== before;
    // A user has a limited number of calendars.
    await backend.delete(`/calendars/${objects.calendarId}?events=delete`);
    expect({ status, isDone, isRefused, isChanged }).toEqual({
      status,
      isDone: isAllowedTo,
      isRefused: !isAllowedTo,
      isChanged: isAllowedTo,
    });
  });
});
