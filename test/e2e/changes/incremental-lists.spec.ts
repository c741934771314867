import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { type SyncedElement, syncedList, synchronize, told } from '../../support/client/incremental-list.js';
import { addCalendar } from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const START = { start_date: '2126-03-04T09:00:00Z', duration: 3_600 };
const FIELDS_OF_OVERRIDES = [
  'original_start',
  'status',
  'start',
  'end',
  'title',
  'description',
  'location',
  'show_as',
  'answers',
];
const WEEKLY = { ...START, repeat: { frequency: 'weekly', count: 10 } } as const;

let application: TestApplication;
let ann: Account;
let bob: Account;
let mine: string;
let users = 0;

beforeAll(async () => {
  application = await startTestApplication();
});
afterAll(async () => application.close());

beforeEach(async () => {
  users += 1;
  const client = new Client(application.url);
  ann = await signUp(client, `ann${users}`);
  bob = await signUp(client, `bob${users}`);
  mine = `/users/${ann.id}/events`;
});

async function add(title: string, fields: object = {}, { client, id } = ann): Promise<number> {
  const { body } = await client.create('/events', { title, organizer_user_id: id, ...START, ...fields });
  return body.id;
}

describe('the full list', () => {
  test('has every event, whatever its time, its kind and its status, in full', async () => {
    const old = await add('Old', { start_date: '1970-01-01T00:00:00Z' });
    const weekly = await add('Weekly', WEEKLY);
    const gone = await add('Cancelled');
    await ann.client.patch(`/events/${gone}`, { status: 'cancelled' });
    const invited = await add('Theirs', { invited_user_ids: [ann.id] }, bob);
    const { items } = await syncedList(ann.client, mine);
    expect(items.map(({ id }) => id)).toEqual([old, weekly, gone, invited]);
    for (const { overrides, ...event } of items) {
      expect(overrides).toEqual([]);
      expect(event).toEqual((await ann.client.get(`/events/${event.id}`)).body);
    }
    expect(items[2].status).toBe('cancelled');
  });

  test('comes in pages, and only the last one has the token', async () => {
    for (const title of ['A', 'B', 'C', 'D', 'E']) await add(title);
    const tokens: (string | null)[] = [];
    for await (const page of ann.client.pages(`${mine}?sync_token=&limit=2`))
      tokens.push(page.headers.get('sync-token'));
    expect(tokens).toEqual([null, null, expect.any(String)]);
    expect(told(await syncedList(ann.client, mine, '', '&limit=2'))).toEqual([
      'A 1',
      'B 1',
      'C 1',
      'D 1',
      'E 1',
    ]);
  });

  test('has a token that is not newer than its first page', async () => {
    const first = await add('First');
    await add('Second');
    const { value: page } = await ann.client.pages(`${mine}?sync_token=&limit=1`).next();
    await ann.client.patch(`/events/${first}`, { title: 'Changed meanwhile' });
    const last = await ann.client.send('GET', /<(.*)>/.exec(page.headers.get('link'))?.[1] ?? '');
    const token = last.headers.get('sync-token') as string;
    expect(told(await syncedList(ann.client, mine, token))).toEqual(['Changed meanwhile 2']);
  });
});

test('the lists of a window are read on the same connections', async () => {
  const id = await add('Planning');
  const { body } = await ann.client.get(`/events/${id}`);
  const calendar = `/calendars/${body.calendar_id}/events`;
  const window = 'from=2126-03-01T00:00:00Z&to=2126-04-01T00:00:00Z';
  for (const path of [mine, calendar])
    for (const query of [window, 'sync_token=', `${window}&max_attendees=1`, 'sync_token=&max_attendees=1'])
      expect((await ann.client.send('GET', `${path}?${query}`)).status).toBe(200);
});

describe('the changes since a token', () => {
  test('are none, if nothing changed, and the new token continues', async () => {
    await add('Planning');
    const full = await syncedList(ann.client, mine);
    const none = await syncedList(ann.client, mine, full.token);
    expect(told(none)).toEqual([]);
    await add('Another');
    expect(told(await syncedList(ann.client, mine, none.token))).toEqual(['Another 1']);
    expect(told(await syncedList(ann.client, mine, full.token))).toEqual(['Another 1']);
  });

  test('are whole events, in pages', async () => {
    const ids = [await add('A'), await add('B'), await add('C')];
    const { token } = await syncedList(ann.client, mine);
    for (const id of ids) await ann.client.patch(`/events/${id}`, { location: 'Here' });
    const changes = await syncedList(ann.client, mine, token, '&limit=2');
    expect(changes.pages).toBe(2);
    expect(told(changes)).toEqual(['A 2', 'B 2', 'C 2']);
    expect(told(await syncedList(ann.client, mine, changes.token))).toEqual([]);
  });

  test('have an event that was cancelled in full, and a deleted one by its id', async () => {
    const [cancelled, deleted] = [await add('Cancelled'), await add('Deleted')];
    const { token } = await syncedList(ann.client, mine);
    await ann.client.patch(`/events/${cancelled}`, { status: 'cancelled' });
    await ann.client.delete(`/events/${deleted}`);
    const { items } = await syncedList(ann.client, mine, token);
    expect(items[0]).toMatchObject({ id: cancelled, status: 'cancelled', title: 'Cancelled' });
    expect(items[1]).toEqual({ id: deleted, removed: true });
  });

  test('have a series whose occurrence changed, with that occurrence as in its list', async () => {
    const id = await add('Weekly', { ...WEEKLY, invited_user_ids: [bob.id] });
    const { body: event } = await ann.client.get(`/events/${id}`);
    const invite = event.attendees[1].invite_id;
    let { token } = await syncedList(ann.client, mine);
    const changed = async (): Promise<SyncedElement> => {
      const list = await syncedList(ann.client, mine, token);
      token = list.token;
      return list.items[0];
    };
    await ann.client.patch(`/events/${id}/occurrences/2126-03-11T09:00:00Z`, {
      title: 'Moved',
      start_date: '2126-03-12T10:00:00Z',
    });
    expect((await changed()).overrides).toMatchObject([
      { original_start: '2126-03-11T09:00:00Z', start: '2126-03-12T10:00:00Z', title: 'Moved', answers: [] },
    ]);
    await bob.client.post(`/event-invites/${invite}:decline`, { original_start: '2126-03-18T09:00:00Z' });
    const { overrides, version } = await changed();
    expect(version).toBe(3);
    const window = 'from=2126-03-01T00:00:00Z&to=2126-06-01T00:00:00Z';
    const { body: occurrences } = await ann.client.get(`/events/${id}/occurrences?${window}`);
    expect(occurrences.slice(1, 3)).toMatchObject(overrides);
    expect(Object.keys(overrides[0])).toEqual(FIELDS_OF_OVERRIDES);
    await ann.client.patch(`/events/${id}/occurrences/2126-03-25T09:00:00Z`, { status: 'cancelled' });
    expect((await changed()).overrides.at(-1)).toMatchObject({
      original_start: '2126-03-25T09:00:00Z',
      status: 'cancelled',
    });
    await ann.client.delete(`/events/${id}/occurrences/2126-04-01T09:00:00Z`);
    const deleted = await changed();
    expect(deleted.version).toBe(5);
    expect(deleted.overrides.at(-1)).toMatchObject({
      original_start: '2126-04-01T09:00:00Z',
      status: 'cancelled',
    });
  });

  test('have both parts of a split', async () => {
    const id = await add('Weekly', WEEKLY);
    const { token } = await syncedList(ann.client, mine);
    await ann.client.patch(`/events/${id}/occurrences/2126-03-18T09:00:00Z?scope=following`, {
      title: 'New',
    });
    expect(told(await syncedList(ann.client, mine, token))).toEqual(['Weekly 2', 'New 2']);
  });
});

describe('an event leaves the list', () => {
  test('when its attendee is removed, and comes back with an invitation', async () => {
    const id = await add('Theirs', { invited_user_ids: [ann.id] }, bob);
    const full = await syncedList(ann.client, mine);
    await bob.client.patch(`/events/${id}`, { invited_user_ids: [] });
    const removed = await syncedList(ann.client, mine, full.token);
    expect(told(removed)).toEqual([`${id} removed`]);
    await bob.client.patch(`/events/${id}`, { invited_user_ids: [ann.id] });
    expect(told(await syncedList(ann.client, mine, removed.token))).toEqual(['Theirs 3']);
    expect(told(await syncedList(ann.client, mine, full.token))).toEqual(['Theirs 3']);
  });

  test('of a calendar, when it moves to another one, whose list then has it', async () => {
    const second = await addCalendar(ann, 'Second');
    const id = await add('Mine');
    const { body } = await ann.client.get(`/events/${id}`);
    const [from, to] = [`/calendars/${body.calendar_id}/events`, `/calendars/${second}/events`];
    const [ofFirst, ofSecond] = [await syncedList(ann.client, from), await syncedList(ann.client, to)];
    expect([told(ofFirst), told(ofSecond)]).toEqual([['Mine 1'], []]);
    await ann.client.patch(`/users/${ann.id}/events/${id}`, { calendar_id: second });
    expect(told(await syncedList(ann.client, from, ofFirst.token))).toEqual([`${id} removed`]);
    expect(told(await syncedList(ann.client, to, ofSecond.token))).toEqual(['Mine 2']);
  });
});

describe('a request is refused', () => {
  test.each(['from=2126-01-01T00:00:00Z', 'to=2126-01-01T00:00:00Z', 'expand=true', 'show_cancelled=true'])(
    'with %s beside the token',
    async (parameter) => {
      const { status, body } = await ann.client.send('GET', `${mine}?sync_token=&${parameter}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ errors: [{ field: parameter.split('=')[0] }] });
    },
  );

  test('without a window and without a token', async () => {
    const { status, body } = await ann.client.send('GET', mine);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: 'from' }, { field: 'to' }] });
  });

  test('with a torn token', async () => {
    const { token } = await syncedList(ann.client, mine);
    const changed = `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`;
    const expired = { status: 410, code: 'sync_token_expired' };
    for (const torn of ['x', 'nonsense', token.slice(1), token.slice(0, -1), changed])
      expect(await synchronize(ann.client, mine, torn)).toMatchObject(expired);
  });
});
