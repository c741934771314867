import { randomUUID } from 'node:crypto';
import { calendarFile, vevent } from '../client/calendar-files.js';
import { type Kind, SERIES, SERIES_WINDOW } from './tenant.js';

/** The ids of a request, by the field that names the object. */
export type Ids = Readonly<Record<string, number>>;

/** A request of an operation that names objects by their ids. */
export interface SweptOperation {
  /** The kind of the object that each field names. */
  readonly ids: Readonly<Record<string, Kind>>;
  /** A request that a key may send for objects of its own tenant. */
  readonly request: (ids: Ids) => { readonly path: string; readonly body?: unknown };
  /** The callers whom the operation refuses with 403, whichever object they name. */
  readonly refused?: readonly string[];
  /** Fields of which a request has one. */
  readonly oneOf?: readonly string[];
}

/** The ids of a request that names an object by this field. Of the fields in `oneOf`, it has this field, or else the first. */
export function idsBy({ oneOf = [] }: SweptOperation, ids: Ids, field: string | null): Ids {
  const chosen = field !== null && oneOf.includes(field) ? field : oneOf[0];
  return Object.fromEntries(Object.entries(ids).filter(([each]) => each === chosen || !oneOf.includes(each)));
}

/** Callers by whom the product itself does not send the request. */
const PERSONS = ['a person', 'a page with an exchanged token'];

/** Callers who act as persons. */
const PERSONS_AND_KEYS_AS_PERSONS = [...PERSONS, 'a key as a person'];

const SUBSCRIPTION = { webhook_subscription_id: 'webhook subscription' } as const;

/** The time of the standing clock, as it is in the id of a delivery. */
const DELIVERED_AT = Date.parse('2026-03-02T09:00:00Z').toString(36);

const subscription = ({ webhook_subscription_id: id }: Ids) => `/webhook-subscriptions/${id}`;

const SUBSCRIBED = { calendar_subscription_id: 'calendar subscription' } as const;

const subscribed = ({ calendar_subscription_id: id }: Ids) => `/calendar-subscriptions/${id}`;

const HELD = { hold_id: 'hold' } as const;

const OCCURRENCE = '2126-03-06T09:00:00Z';

const answer: SweptOperation['request'] = ({ invite_id }) => ({ path: `/event-invites/${invite_id}` });

/** Operations of an invite, with `verb` at the end of the path. */
function answered(verb: string): SweptOperation {
  return {
    ids: { invite_id: 'invite' },
    request: (ids) => ({ path: `${answer(ids).path}:${verb}`, body: { comment: 'Swept' } }),
  };
}

/** Invites a room without its time, so that several events may be in it. */
function inRoom(roomId: number) {
  return { invited_room_ids: [roomId], show_as: 'free' };
}

/** The operations of the document, each with a request. Null: no caller and no field of the operation belongs to a tenant. */
export const SWEPT_OPERATIONS: Readonly<Record<string, SweptOperation | null>> = {
  'GET /health/live': null,
  'GET /health/ready': null,
  'GET /metrics': null,
  'POST /auth/login': null,
  'POST /auth/refresh': null,
  'POST /auth/logout': null,
  // For a person alone, whose token names the tenant.
  'POST /auth/change-password': null,
  // The caller names the tenant. The response to an unknown address is the same.
  'POST /auth/forgot-password': null,
  // The token names the tenant.
  'POST /auth/reset-password': null,
  // For operators, who name the tenants themselves.
  'POST /tenants': null,
  'GET /tenants': null,
  'GET /tenants/{tenant_id}': null,
  'PATCH /tenants/{tenant_id}': null,
  'DELETE /tenants/{tenant_id}': null,
  'POST /auth/token-exchange': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: '/auth/token-exchange', body: { user_id } }),
  },
  'POST /api-keys': {
    ids: {},
    request: () => ({ path: '/api-keys', body: { name: 'swept', scopes: ['events.read'] } }),
  },
  'GET /api-keys': { ids: {}, request: () => ({ path: '/api-keys' }) },
  'DELETE /api-keys/{api_key_id}': {
    ids: { api_key_id: 'api key' },
    request: ({ api_key_id }) => ({ path: `/api-keys/${api_key_id}?children=revoke` }),
  },
  'POST /users': {
    ids: {},
    request: () => ({ path: '/users', body: { name: 'swept', email: `${randomUUID()}@example.com` } }),
  },
  'GET /users': { ids: {}, request: () => ({ path: '/users?email=nobody@example.com' }) },
  'GET /users/{user_id}': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: `/users/${user_id}` }),
  },
  'PATCH /users/{user_id}': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: `/users/${user_id}`, body: { name: 'swept' } }),
  },
  'POST /users/{user_id}:verify-email': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: `/users/${user_id}:verify-email` }),
  },
  'POST /events': {
    ids: {
      organizer_user_id: 'user',
      calendar_id: 'calendar',
      invited_user_ids: 'user',
      invited_room_ids: 'room',
    },
    request: ({ organizer_user_id, calendar_id, invited_user_ids, invited_room_ids }) => ({
      path: '/events',
      body: {
        ...SERIES,
        organizer_user_id,
        calendar_id,
        invited_user_ids: [invited_user_ids],
        ...inRoom(invited_room_ids),
      },
    }),
  },
  // The key names the tenant.
  'GET /changes': null,
  'GET /changes:stream': { ids: {}, request: () => ({ path: '/changes:stream' }) },
  'GET /users/{user_id}/events': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: `/users/${user_id}/events?${SERIES_WINDOW}` }),
  },
  'GET /users/{user_id}/events.ics': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: `/users/${user_id}/events.ics` }),
  },
  'GET /calendars/{calendar_id}/events.ics': {
    ids: { calendar_id: 'calendar' },
    request: ({ calendar_id }) => ({ path: `/calendars/${calendar_id}/events.ics` }),
  },
  'POST /users/{user_id}/events:import': {
    ids: { user_id: 'user', calendar_id: 'calendar' },
    request: ({ user_id, calendar_id }) => ({
      path: `/users/${user_id}/events:import?calendar_id=${calendar_id}`,
      body: calendarFile(vevent()),
    }),
  },
  'GET /events': {
    ids: { organizer_user_id: 'user', attendee_user_id: 'user' },
    request: ({ organizer_user_id: organizer, attendee_user_id: attendee }) => ({
      path: `/events?organizer_user_id=${organizer}&attendee_user_id=${attendee}`,
    }),
  },
  'PUT /users/by-external-id/{external_id}': {
    ids: {},
    request: () => ({
      path: '/users/by-external-id/swept',
      body: { name: 'Swept', email: `swept-${randomUUID()}@example.com` },
    }),
  },
  'GET /users/by-external-id/{external_id}': {
    ids: {},
    request: () => ({ path: '/users/by-external-id/swept' }),
  },
  'DELETE /users/{user_id}': {
    ids: { user_id: 'guest' },
    request: ({ user_id }) => ({ path: `/users/${user_id}` }),
  },
  'GET /users/{user_id}:export': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: `/users/${user_id}:export` }),
  },
  'PUT /events/by-external-id/{external_id}': {
    ids: {
      organizer_user_id: 'user',
      calendar_id: 'calendar',
      invited_user_ids: 'user',
      invited_room_ids: 'room',
    },
    request: ({ organizer_user_id, calendar_id, invited_user_ids, invited_room_ids }) => ({
      path: '/events/by-external-id/swept',
      body: {
        ...SERIES,
        organizer_user_id,
        calendar_id,
        invited_user_ids: [invited_user_ids],
        ...inRoom(invited_room_ids),
      },
    }),
    refused: PERSONS,
  },
  'GET /events/by-external-id/{external_id}': {
    ids: {},
    request: () => ({ path: '/events/by-external-id/swept' }),
  },
  'POST /events:batch-create': {
    ids: {
      organizer_user_id: 'user',
      calendar_id: 'calendar',
      invited_user_ids: 'user',
      invited_room_ids: 'room',
    },
    request: ({ organizer_user_id, calendar_id, invited_user_ids, invited_room_ids }) => ({
      path: '/events:batch-create',
      body: {
        requests: [
          {
            ...SERIES,
            organizer_user_id,
            calendar_id,
            invited_user_ids: [invited_user_ids],
            ...inRoom(invited_room_ids),
          },
        ],
      },
    }),
  },
  'POST /events:batch-update': {
    ids: {
      id: 'event',
      organizer_user_id: 'user',
      calendar_id: 'calendar',
      invited_user_ids: 'user',
      invited_room_ids: 'room',
    },
    request: ({ id, organizer_user_id, calendar_id, invited_user_ids, invited_room_ids }) => ({
      path: '/events:batch-update',
      body: {
        requests: [
          {
            id,
            title: 'Swept',
            organizer_user_id,
            calendar_id,
            invited_user_ids: [invited_user_ids],
            ...inRoom(invited_room_ids),
          },
        ],
      },
    }),
  },
  'POST /events:batch-delete': {
    ids: { ids: 'event' },
    request: ({ ids }) => ({ path: '/events:batch-delete', body: { ids: [ids] } }),
  },
  'GET /events/{event_id}': {
    ids: { event_id: 'event' },
    request: ({ event_id }) => ({ path: `/events/${event_id}` }),
  },
  'PATCH /events/{event_id}': {
    ids: {
      event_id: 'event',
      organizer_user_id: 'user',
      calendar_id: 'calendar',
      invited_user_ids: 'user',
      invited_room_ids: 'room',
    },
    request: ({ event_id, organizer_user_id, calendar_id, invited_user_ids, invited_room_ids }) => ({
      path: `/events/${event_id}`,
      body: {
        title: 'Swept',
        organizer_user_id,
        calendar_id,
        invited_user_ids: [invited_user_ids],
        ...inRoom(invited_room_ids),
      },
    }),
  },
  'DELETE /events/{event_id}': {
    ids: { event_id: 'event' },
    request: ({ event_id }) => ({ path: `/events/${event_id}` }),
  },
  'GET /events/{event_id}/history': {
    ids: { event_id: 'event' },
    request: ({ event_id }) => ({ path: `/events/${event_id}/history` }),
  },
  'GET /events/{event_id}/occurrences': {
    ids: { event_id: 'event' },
    request: ({ event_id }) => ({ path: `/events/${event_id}/occurrences?${SERIES_WINDOW}` }),
  },
  'PATCH /events/{event_id}/occurrences/{original_start}': {
    ids: {
      event_id: 'event',
      organizer_user_id: 'user',
      calendar_id: 'calendar',
      invited_user_ids: 'user',
      invited_room_ids: 'room',
    },
    request: ({ event_id, organizer_user_id, calendar_id, invited_user_ids, invited_room_ids }) => ({
      path: `/events/${event_id}/occurrences/${OCCURRENCE}?scope=following`,
      body: {
        title: 'Swept',
        organizer_user_id,
        calendar_id,
        invited_user_ids: [invited_user_ids],
        ...inRoom(invited_room_ids),
      },
    }),
  },
  'DELETE /events/{event_id}/occurrences/{original_start}': {
    ids: { event_id: 'event' },
    request: ({ event_id }) => ({ path: `/events/${event_id}/occurrences/${OCCURRENCE}` }),
  },
  'POST /events/{event_id}/attendees': {
    ids: { event_id: 'event', user_id: 'guest', room_id: 'room' },
    oneOf: ['user_id', 'room_id'],
    request: ({ event_id, ...attendee }) => ({ path: `/events/${event_id}/attendees`, body: attendee }),
  },
  'DELETE /events/{event_id}/attendees/{user_id}': {
    ids: { event_id: 'event', user_id: 'attendee' },
    request: ({ event_id, user_id }) => ({ path: `/events/${event_id}/attendees/${user_id}` }),
  },
  'GET /users/{user_id}/event-invites': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: `/users/${user_id}/event-invites` }),
  },
  'GET /event-invites/{invite_id}': { ids: { invite_id: 'invite' }, request: answer },
  'DELETE /event-invites/{invite_id}': { ids: { invite_id: 'invite' }, request: answer },
  'POST /event-invites/{invite_id}:accept': answered('accept'),
  'POST /event-invites/{invite_id}:tentative': answered('tentative'),
  'POST /event-invites/{invite_id}:decline': answered('decline'),
  'POST /rooms': {
    ids: {},
    request: () => ({ path: '/rooms', body: { name: 'swept' } }),
    refused: PERSONS_AND_KEYS_AS_PERSONS,
  },
  'GET /rooms': { ids: {}, request: () => ({ path: '/rooms' }) },
  'GET /rooms/{room_id}': {
    ids: { room_id: 'room' },
    request: ({ room_id }) => ({ path: `/rooms/${room_id}` }),
  },
  'PATCH /rooms/{room_id}': {
    ids: { room_id: 'room' },
    request: ({ room_id }) => ({ path: `/rooms/${room_id}`, body: { name: 'swept' } }),
    refused: PERSONS_AND_KEYS_AS_PERSONS,
  },
  'DELETE /rooms/{room_id}': {
    ids: { room_id: 'other room' },
    request: ({ room_id }) => ({ path: `/rooms/${room_id}` }),
    refused: PERSONS_AND_KEYS_AS_PERSONS,
  },
  'PUT /rooms/by-external-id/{external_id}': {
    ids: {},
    request: () => ({ path: '/rooms/by-external-id/swept', body: { name: 'Swept' } }),
    refused: PERSONS_AND_KEYS_AS_PERSONS,
  },
  'GET /rooms/by-external-id/{external_id}': {
    ids: {},
    request: () => ({ path: '/rooms/by-external-id/swept' }),
  },
  'GET /free-busy': {
    ids: { user_ids: 'user' },
    request: ({ user_ids }) => ({ path: `/free-busy?user_ids=${user_ids}&${SERIES_WINDOW}` }),
  },
  'GET /events:nearest-empty-time-interval': {
    ids: { user_ids: 'user', optional_user_ids: 'guest' },
    request: ({ user_ids, optional_user_ids }) => ({
      path: `/events:nearest-empty-time-interval?duration=1h&user_ids=${user_ids}&optional_user_ids=${optional_user_ids}&${SERIES_WINDOW}`,
    }),
  },
  'POST /events:find-series-slots': {
    ids: { user_ids: 'user', optional_user_ids: 'guest', room_ids: 'room' },
    request: ({ user_ids, optional_user_ids, room_ids }) => ({
      path: '/events:find-series-slots',
      body: {
        duration: '1h',
        repeat: { frequency: 'weekly', count: 2 },
        user_ids: [user_ids],
        optional_user_ids: [optional_user_ids],
        room_ids: [room_ids],
      },
    }),
  },
  'POST /events:find-times': {
    ids: { user_ids: 'user', optional_user_ids: 'guest' },
    request: ({ user_ids, optional_user_ids }) => ({
      path: '/events:find-times',
      body: {
        duration: '1h',
        groups: [{ user_ids: [user_ids] }],
        optional_user_ids: [optional_user_ids],
      },
    }),
  },
  'POST /events:book': {
    ids: {
      organizer_user_id: 'user',
      calendar_id: 'calendar',
      invited_user_ids: 'user',
      invited_room_ids: 'room',
      user_ids: 'guest',
      optional_user_ids: 'attendee',
    },
    request: ({
      organizer_user_id,
      calendar_id,
      invited_user_ids,
      invited_room_ids,
      user_ids,
      optional_user_ids,
    }) => ({
      path: '/events:book',
      body: {
        ...SERIES,
        duration: 60,
        repeat: { frequency: 'daily', count: 2 },
        organizer_user_id,
        calendar_id,
        invited_user_ids: [invited_user_ids],
        ...inRoom(invited_room_ids),
        groups: [{ user_ids: [user_ids] }],
        optional_user_ids: [optional_user_ids],
      },
    }),
  },
  'POST /users/{user_id}/calendars': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: `/users/${user_id}/calendars`, body: { name: 'Swept' } }),
  },
  'GET /users/{user_id}/calendars': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: `/users/${user_id}/calendars` }),
  },
  'GET /calendars': { ids: {}, request: () => ({ path: '/calendars' }) },
  'GET /calendars/{calendar_id}': {
    ids: { calendar_id: 'calendar' },
    request: ({ calendar_id }) => ({ path: `/calendars/${calendar_id}` }),
  },
  'PATCH /calendars/{calendar_id}': {
    ids: { calendar_id: 'calendar' },
    request: ({ calendar_id }) => ({ path: `/calendars/${calendar_id}`, body: { name: 'Swept' } }),
  },
  'DELETE /calendars/{calendar_id}': {
    ids: { calendar_id: 'calendar' },
    request: ({ calendar_id }) => ({ path: `/calendars/${calendar_id}?events=delete` }),
  },
  'GET /calendars/{calendar_id}/events': {
    ids: { calendar_id: 'calendar' },
    request: ({ calendar_id }) => ({ path: `/calendars/${calendar_id}/events?${SERIES_WINDOW}` }),
  },
  'POST /calendars/{calendar_id}/grants': {
    ids: { calendar_id: 'calendar', user_id: 'guest' },
    request: ({ calendar_id, user_id }) => ({
      path: `/calendars/${calendar_id}/grants`,
      body: { grantee: { type: 'user', user_id }, role: 'reader' },
    }),
  },
  'GET /calendars/{calendar_id}/grants': {
    ids: { calendar_id: 'calendar' },
    request: ({ calendar_id }) => ({ path: `/calendars/${calendar_id}/grants` }),
  },
  'PATCH /calendars/{calendar_id}/grants/{grant_id}': {
    ids: { calendar_id: 'calendar', grant_id: 'grant' },
    request: ({ calendar_id, grant_id }) => ({
      path: `/calendars/${calendar_id}/grants/${grant_id}`,
      body: { role: 'writer' },
    }),
  },
  'DELETE /calendars/{calendar_id}/grants/{grant_id}': {
    ids: { calendar_id: 'calendar', grant_id: 'grant' },
    request: ({ calendar_id, grant_id }) => ({ path: `/calendars/${calendar_id}/grants/${grant_id}` }),
  },
  'POST /holds': {
    ids: { user_ids: 'user', room_ids: 'room' },
    request: ({ user_ids, room_ids }) => ({
      path: '/holds',
      body: {
        start_date: '2128-01-01T00:00:00Z',
        duration: '1h',
        expires_in: '1h',
        user_ids: [user_ids],
        room_ids: [room_ids],
      },
    }),
  },
  'GET /holds': { ids: {}, request: () => ({ path: '/holds' }) },
  'GET /holds/{hold_id}': { ids: HELD, request: ({ hold_id }) => ({ path: `/holds/${hold_id}` }) },
  'POST /holds/{hold_id}:extend': {
    ids: HELD,
    request: ({ hold_id }) => ({ path: `/holds/${hold_id}:extend`, body: { expires_in: '1h' } }),
  },
  'POST /holds/{hold_id}:confirm': {
    ids: {
      ...HELD,
      organizer_user_id: 'user',
      calendar_id: 'calendar',
      invited_user_ids: 'user',
      invited_room_ids: 'room',
    },
    request: ({ hold_id, organizer_user_id, calendar_id, invited_user_ids, invited_room_ids }) => ({
      path: `/holds/${hold_id}:confirm`,
      body: {
        title: 'Interview',
        organizer_user_id,
        calendar_id,
        invited_user_ids: [invited_user_ids],
        invited_room_ids: [invited_room_ids],
      },
    }),
  },
  'DELETE /holds/{hold_id}': { ids: HELD, request: ({ hold_id }) => ({ path: `/holds/${hold_id}` }) },
  'POST /calendars/{calendar_id}/feeds': {
    ids: { calendar_id: 'calendar' },
    request: ({ calendar_id }) => ({ path: `/calendars/${calendar_id}/feeds`, body: { detail: 'busy' } }),
  },
  'GET /calendars/{calendar_id}/feeds': {
    ids: { calendar_id: 'calendar' },
    request: ({ calendar_id }) => ({ path: `/calendars/${calendar_id}/feeds` }),
  },
  'GET /calendars/{calendar_id}/feeds/{feed_id}': {
    ids: { calendar_id: 'calendar', feed_id: 'feed' },
    request: ({ calendar_id, feed_id }) => ({ path: `/calendars/${calendar_id}/feeds/${feed_id}` }),
  },
  'DELETE /calendars/{calendar_id}/feeds/{feed_id}': {
    ids: { calendar_id: 'calendar', feed_id: 'feed' },
    request: ({ calendar_id, feed_id }) => ({ path: `/calendars/${calendar_id}/feeds/${feed_id}` }),
  },
  // The address of a feed names no object by its id.
  'GET /feeds/{token}/calendar.ics': null,
  'POST /users/{user_id}/calendar-subscriptions': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({
      path: `/users/${user_id}/calendar-subscriptions`,
      body: { url: 'https://93.184.216.34/calendar.ics' },
    }),
  },
  'GET /users/{user_id}/calendar-subscriptions': {
    ids: { user_id: 'user' },
    request: ({ user_id }) => ({ path: `/users/${user_id}/calendar-subscriptions` }),
  },
  'GET /calendar-subscriptions/{calendar_subscription_id}': {
    ids: SUBSCRIBED,
    request: (ids) => ({ path: subscribed(ids) }),
  },
  'PATCH /calendar-subscriptions/{calendar_subscription_id}': {
    ids: SUBSCRIBED,
    request: (ids) => ({ path: subscribed(ids), body: { counts_as: 'free' } }),
  },
  'POST /calendar-subscriptions/{calendar_subscription_id}:refresh': {
    ids: SUBSCRIBED,
    request: (ids) => ({ path: `${subscribed(ids)}:refresh` }),
  },
  'DELETE /calendar-subscriptions/{calendar_subscription_id}': {
    ids: SUBSCRIBED,
    request: (ids) => ({ path: subscribed(ids) }),
  },
  'PATCH /users/{user_id}/events/{event_id}': {
    ids: { user_id: 'user', event_id: 'event', calendar_id: 'calendar' },
    request: ({ user_id, event_id, calendar_id }) => ({
      path: `/users/${user_id}/events/${event_id}`,
      body: { calendar_id },
    }),
  },
  'GET /users/{user_id}/events/{event_id}/reminders': {
    ids: { user_id: 'user', event_id: 'event' },
    request: ({ user_id, event_id }) => ({ path: `/users/${user_id}/events/${event_id}/reminders` }),
  },
  'PUT /users/{user_id}/events/{event_id}/reminders': {
    ids: { user_id: 'user', event_id: 'event' },
    request: ({ user_id, event_id }) => ({
      path: `/users/${user_id}/events/${event_id}/reminders`,
      body: { use_default: false, overrides: [{ minutes_before: 10, method: 'log' }] },
    }),
  },
  'POST /webhook-subscriptions': {
    ids: { user_id: 'user', calendar_id: 'calendar' },
    oneOf: ['user_id', 'calendar_id'],
    request: (ids) => ({
      path: '/webhook-subscriptions',
      body: { url: 'https://93.184.216.34/swept', types: ['event.created'], ...ids },
    }),
  },
  'GET /webhook-subscriptions': { ids: {}, request: () => ({ path: '/webhook-subscriptions' }) },
  'GET /webhook-subscriptions/{webhook_subscription_id}': {
    ids: SUBSCRIPTION,
    request: (ids) => ({ path: subscription(ids) }),
  },
  'PATCH /webhook-subscriptions/{webhook_subscription_id}': {
    ids: SUBSCRIPTION,
    request: (ids) => ({ path: subscription(ids), body: { status: 'active' } }),
  },
  'DELETE /webhook-subscriptions/{webhook_subscription_id}': {
    ids: SUBSCRIPTION,
    request: (ids) => ({ path: subscription(ids) }),
  },
  'POST /webhook-subscriptions/{webhook_subscription_id}:test': {
    ids: SUBSCRIPTION,
    request: (ids) => ({ path: `${subscription(ids)}:test` }),
  },
  'POST /webhook-subscriptions/{webhook_subscription_id}:rotate-secret': {
    ids: SUBSCRIPTION,
    request: (ids) => ({ path: `${subscription(ids)}:rotate-secret` }),
  },
  'GET /webhook-subscriptions/{webhook_subscription_id}/deliveries': {
    ids: SUBSCRIPTION,
    request: (ids) => ({ path: `${subscription(ids)}/deliveries` }),
  },
  'POST /webhook-subscriptions/{webhook_subscription_id}/deliveries/{delivery_id}:redeliver': {
    ids: SUBSCRIPTION,
    request: (ids) => ({
      path: `${subscription(ids)}/deliveries/msg_${ids.webhook_subscription_id}_1_${DELIVERED_AT}:redeliver`,
    }),
  },
};
