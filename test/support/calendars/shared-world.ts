import { type Account, signUp } from '../client/account.js';
import { Client } from '../client/client.js';
import {
  addCalendar,
  type GrantedAccess,
  grantOfTenant,
  primaryCalendarOf,
  share,
  shareWithTenant,
} from '../client/sharing.js';
import { type Document, documentOf } from '../openapi/operation.js';
import { type DocumentedRequest, operationsOf, requestsOf } from '../openapi/operations.js';
import { type Exchange, exchange } from '../openapi/walk.js';
import { startTestApplication, type TestApplication } from '../service/application.js';
import { addKey } from '../tenants/tenant.js';
import { SHARED_WRITES } from './shared-writes.js';

const ACCESSES = ['none', 'free_busy_reader+', 'reader', 'reader+', 'writer', 'writer+', 'owner'] as const;
const VISIBILITIES = ['public', 'private'] as const;
const GRANTEES = ['the caller', 'the tenant'] as const;

/** A calendar that a grant shares, and the event in it. */
interface SharedCase {
  readonly access: GrantedAccess;
  readonly visibility: (typeof VISIBILITIES)[number];
  readonly grantee: (typeof GRANTEES)[number];
}

/** Every grant with every event. */
export const SHARED_CASES: readonly SharedCase[] = GRANTEES.flatMap((grantee) =>
  ACCESSES.flatMap((access) => VISIBILITIES.map((visibility) => ({ access, visibility, grantee }))),
);

export const CALLERS = ['a user', 'a key that acts as the user', 'a call without a token'] as const;
type Caller = (typeof CALLERS)[number];

/** What a caller sees of a case: the event in full, its times alone, or nothing; and whether it sees the calendar's name. */
export function expectedOf(
  { access, visibility, grantee }: SharedCase,
  caller: Caller,
): readonly [part: 'full' | 'times' | 'hidden', showsName: boolean] {
  const hasToken = caller !== 'a call without a token';
  // Without a token only the grant of the tenant counts. It lets the tenant read a calendar that the grant of a user shares.
  const [role, plus] = (hasToken || grantee === 'the tenant' ? access : 'reader').split(/(?=\+)/);
  if (role === 'none') return ['hidden', false];
  if (role === 'free_busy_reader') return ['times', false];
  const seesPrivate = hasToken && (plus === '+' || role === 'owner');
  return [visibility === 'public' || seesPrivate ? 'full' : 'times', true];
}

const WINDOW = { from: ['2026-03-01T00:00:00Z'], to: ['2026-05-15T00:00:00Z'] };

const HALF_HOUR = 30 * 60_000;
const DAY = 48 * HALF_HOUR;

const at = (milliseconds: number) => new Date(milliseconds).toISOString().replace('.000Z', 'Z');

/** Requests at a time. They only read. */
const READERS = 4;

/** What Ann has in one of her calendars: a series that Bob attends, with words that nothing else has. */
export interface SharedObjects extends SharedCase {
  readonly calendarId: number;
  readonly calendarName: string;
  readonly grantId: number;
  readonly eventId: number;
  /** Bob's invite. */
  readonly inviteId: number;
  readonly roomsInviteId: number;
  readonly starts: readonly [first: string, second: string];
  /** What a caller sees who sees the event in full. */
  readonly words: readonly string[];
  /** What the organizer and keys alone see. */
  readonly secrets: readonly string[];
}

/** Ann, who shares a calendar for each case; Bob and a room, who attend the events; and the callers. */
export class SharedWorld {
  readonly objects: SharedObjects[] = [];

  private constructor(
    private readonly application: TestApplication,
    private readonly document: Document,
    private readonly backend: Client,
    private readonly ann: Account,
    private readonly bob: Account,
    private readonly eve: Account,
    private readonly roomId: number,
  ) {}

  static async start(): Promise<SharedWorld> {
    const application = await startTestApplication();
    const anyone = new Client(application.url);
    const backend = await addKey(application, 1);
    const { body: room } = await backend.create('/rooms', { name: 'The room' });
    const [ann, bob, eve] = [
      await signUp(anyone, 'ann'),
      await signUp(anyone, 'bob'),
      await signUp(anyone, 'eve'),
    ];
    const document = await documentOf(anyone);
    const world = new SharedWorld(application, document, backend, ann, bob, eve, room.id);
    for (const one of SHARED_CASES) world.objects.push(await world.plant(one));
    return world;
  }

  operations(): string[] {
    return operationsOf(this.document);
  }

  clientOf(caller: Caller): Client {
    if (caller === 'a user') return this.eve.client;
    return caller === 'a call without a token'
      ? new Client(this.application.url)
      : this.backend.as(this.eve.id);
  }

  /** Sends requests to every operation that reads, about all objects. */
  async read(client: Client): Promise<Exchange[]> {
    const { ann, bob, eve, roomId, objects } = this;
    const values = {
      ...WINDOW,
      event_id: objects.map(({ eventId }) => eventId),
      calendar_id: [
        ...objects.map(({ calendarId }) => calendarId),
        await primaryCalendarOf(bob),
        await primaryCalendarOf({ client: bob.client, id: roomId }),
      ],
      invite_id: objects.flatMap(({ inviteId, roomsInviteId }) => [inviteId, roomsInviteId]),
      user_id: [ann.id, bob.id, eve.id, roomId],
      room_id: [roomId],
      user_ids: [[ann.id, bob.id, roomId]],
      organizer_user_id: [ann.id, eve.id],
      attendee_user_id: [bob.id],
      q: ['the-title', 'the-own-title', 'the-location'],
      external_id: objects.map(({ secrets: [externalId] }) => externalId),
      email: ['ann@example.com', 'eve@example.com'],
      limit: [10],
      sync_token: [''],
    };
    const requests = requestsOf(this.document, values).filter(({ method }) => method === 'GET');
    const exchanges: Exchange[] = [];
    const readOn = async () => {
      for (let request = requests.shift(); request !== undefined; request = requests.shift())
        exchanges.push(...(await exchange(client, request)));
    };
    await Promise.all(Array.from({ length: READERS }, readOn));
    return exchanges;
  }

  /** Sends requests to every operation that changes something, about the objects of one case. */
  async write(client: Client, objects: SharedObjects): Promise<Exchange[]> {
    const { ann, bob, eve, roomId } = this;
    const { calendarId, eventId, grantId, inviteId, starts } = objects;
    const title = "eve's";
    const [start, second] = starts;
    const created = {
      title,
      start_date: start,
      duration: 60,
      organizer_user_id: ann.id,
      calendar_id: calendarId,
    };
    const requests = requestsOf(this.document, {
      event_id: [eventId],
      id: [eventId],
      ids: [[eventId]],
      requests: [[{ id: eventId, title }], [created]],
      calendar_id: [calendarId],
      grant_id: [grantId],
      grantee: [{ type: 'user', user_id: bob.id }],
      name: [title],
      user_id: [ann.id, bob.id, eve.id],
      room_id: [roomId],
      invite_id: [inviteId],
      original_start: [second],
      organizer_user_id: [ann.id, eve.id],
      invited_user_ids: [[ann.id]],
      invited_room_ids: [[roomId]],
      // No hold begins in the past.
      start_date: ['2126-03-02T09:00:00Z', start],
      title: [title],
      email: ['ann@example.com', 'eve@example.com'],
      current_password: ['not the password'],
    }).filter(({ method }) => method !== 'GET');
    const exchanges: Exchange[] = [];
    for (const request of this.withoutRepeats(requests)) exchanges.push(...(await exchange(client, request)));
    return exchanges;
  }

  async close(): Promise<void> {
    await this.application.close();
  }

  /** One request with a change for each path that concerns no calendar and no event, and none that ends the caller. */
  private withoutRepeats(requests: readonly DocumentedRequest[]): DocumentedRequest[] {
    const seen = new Set<string>();
    return requests.filter(({ operation, method, path, body }) => {
      const key = `${method} ${path.replace(/\?.*/, '')}`;
      // A hold needs one of its optional lists.
      const isRepeat = SHARED_WRITES[operation] === null && operation !== 'POST /holds' && seen.has(key);
      if (JSON.stringify(body) !== '{}') seen.add(key);
      return !isRepeat && key !== `DELETE /users/${this.eve.id}`;
    });
  }

  private async plant(one: SharedCase): Promise<SharedObjects> {
    const { ann, bob, eve, backend, roomId } = this;
    const place = this.objects.length;
    const interval = 20 + place;
    const marked = (word: string) => `${word} [${one.access} ${one.visibility} ${one.grantee}]`;
    const calendarName = marked('the-calendar-name');
    const calendarId = await addCalendar(ann, calendarName);
    const isOwn = one.grantee === 'the caller';
    if (!isOwn) await shareWithTenant(ann.client, calendarId, one.access);
    const grantId = isOwn
      ? await share(ann.client, calendarId, eve.id, one.access)
      : await grantOfTenant(ann.client, calendarId);
    const start = Date.UTC(2026, 2, 2) + place * HALF_HOUR;
    const second = start + interval * DAY;
    const externalId = `the-external-id-${interval}`;
    const url = `https://the-url.example/${interval}`;
    const metadata = { note: marked('the-metadata') };
    const conference = { url: `https://the-conference.example/${interval}` };
    const texts = {
      title: marked('the-title'),
      description: marked('the-description'),
      location: marked('the-location'),
    };
    const { body: event } = await backend.create('/events', {
      ...texts,
      url,
      conference,
      categories: [marked('the-category')],
      external_id: externalId,
      metadata,
      start_date: at(start),
      duration: 1800,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id],
      invited_room_ids: [roomId],
      calendar_id: calendarId,
      visibility: one.visibility,
      repeat: { frequency: 'daily', interval },
    });
    const occurrence = `/events/${event.id}/occurrences/${at(second)}` as const;
    await ann.client.patch(occurrence, { title: marked('the-own-title'), start_date: at(second + DAY) });
    const [inviteId, roomsInviteId] = [bob.id, roomId].map(
      (id) => event.attendees.find(({ user }) => user.id === id)?.invite_id as number,
    );
    await backend.put(`/users/${roomId}/events/${event.id}/reminders`, {
      use_default: false,
      overrides: [{ minutes_before: 10, method: 'log' }],
    });
    const accept = `/event-invites/${inviteId}:accept` as const;
    await bob.client.post(accept, { comment: marked('the-invite-comment') });
    await bob.client.post(accept, { comment: marked('the-answer-comment'), original_start: at(second) });
    const marks = ['the-category', 'the-own-title', 'the-invite-comment', 'the-answer-comment'].map(marked);
    return {
      ...one,
      calendarId,
      calendarName,
      grantId,
      eventId: event.id,
      inviteId,
      roomsInviteId,
      starts: [at(start), at(second)],
      words: [...Object.values(texts), ...marks, url, conference.url, `INTERVAL=${interval}`],
      secrets: [externalId, metadata.note],
    };
  }
}
