import { calendarFile, vevent } from '../client/calendar-files.js';
import type { GrantedAccess } from '../client/sharing.js';

/** The objects that a caller names: Ann's calendar, and events in it. */
export interface Shared {
  readonly annId: number;
  /** A user without a grant. */
  readonly bobId: number;
  readonly calendarId: number;
  /** The tenant's grant: the caller may give up their own. */
  readonly grantId: number;
  readonly feedId: number;
  /** An event that Ann organizes in the calendar, with its external id. */
  readonly eventId: number;
  readonly externalId: string;
  /** A user who attends the event, and the invite to it. */
  readonly attendeeId: number;
  readonly attendeesInviteId: number;
  readonly visibility: 'public' | 'private';
  /** Ann's invite to an event of Bob, which Ann has in the calendar. */
  readonly inviteId: number;
}

/**
 * The callers who may send a request: those who write events in the calendar (private ones only with a plus), its owners,
 * or Ann alone.
 */
type Needs = 'writer' | 'owner' | 'user';

/** A request that changes a calendar of another user, or what is in it. */
export interface SharedWrite {
  readonly needs: Needs;
  readonly request: (shared: Shared) => { readonly path: string; readonly body?: unknown };
}

export const SHARED_START = '2026-03-02T09:00:00Z';

/** A time at which no event takes place. */
const FREE_START = '2026-03-02T11:00:00Z';

const newEvent = ({ annId, calendarId, visibility }: Shared) => ({
  title: 'Swept',
  start_date: SHARED_START,
  duration: 60,
  organizer_user_id: annId,
  calendar_id: calendarId,
  visibility,
});

const occurrenceOf = ({ eventId }: Shared) => `/events/${eventId}/occurrences/${SHARED_START}`;

function answer(verb: string): SharedWrite {
  return { needs: 'writer', request: ({ inviteId }) => ({ path: `/event-invites/${inviteId}:${verb}` }) };
}

/** The operations of the document that change something. Null: the operation concerns no calendar and no event. */
export const SHARED_WRITES: Readonly<Record<string, SharedWrite | null>> = {
  'POST /users': null,
  'PATCH /users/{user_id}': null,
  'DELETE /users/{user_id}': null,
  'PUT /users/by-external-id/{external_id}': null,
  'POST /users/{user_id}:verify-email': null,
  'PATCH /webhook-subscriptions/{webhook_subscription_id}': null,
  'DELETE /webhook-subscriptions/{webhook_subscription_id}': null,
  'POST /webhook-subscriptions/{webhook_subscription_id}:test': null,
  'POST /webhook-subscriptions/{webhook_subscription_id}:rotate-secret': null,
  'POST /webhook-subscriptions/{webhook_subscription_id}/deliveries/{delivery_id}:redeliver': null,
  'PATCH /calendar-subscriptions/{calendar_subscription_id}': null,
  'POST /calendar-subscriptions/{calendar_subscription_id}:refresh': null,
  'DELETE /calendar-subscriptions/{calendar_subscription_id}': null,
  'POST /holds': null,
  'POST /holds/{hold_id}:extend': null,
  'POST /holds/{hold_id}:confirm': null,
  'DELETE /holds/{hold_id}': null,
  'POST /rooms': null,
  'PATCH /rooms/{room_id}': null,
  'DELETE /rooms/{room_id}': null,
  'PUT /rooms/by-external-id/{external_id}': null,
  'POST /auth/login': null,
  'POST /auth/refresh': null,
  'POST /auth/logout': null,
  'POST /auth/token-exchange': null,
  'POST /auth/change-password': null,
  'POST /auth/forgot-password': null,
  'POST /auth/reset-password': null,
  'POST /api-keys': null,
  'DELETE /api-keys/{api_key_id}': null,
  'POST /tenants': null,
  'PATCH /tenants/{tenant_id}': null,
  'DELETE /tenants/{tenant_id}': null,
  'POST /events': { needs: 'writer', request: (shared) => ({ path: '/events', body: newEvent(shared) }) },
  'POST /events:find-series-slots': null,
  'POST /events:find-times': null,
  'POST /events:book': {
    needs: 'writer',
    request: (shared) => ({
      path: '/events:book',
      body: {
        ...newEvent(shared),
        start_date: FREE_START,
        groups: [{ user_ids: [shared.annId] }],
        working_hours: false,
      },
    }),
  },
  'POST /events:batch-create': {
    needs: 'writer',
    request: (shared) => ({ path: '/events:batch-create', body: { requests: [newEvent(shared)] } }),
  },
  'POST /events:batch-update': {
    needs: 'writer',
    request: ({ eventId: id }) => ({
      path: '/events:batch-update',
      body: { requests: [{ id, title: 'Swept' }] },
    }),
  },
  'POST /events:batch-delete': {
    needs: 'writer',
    request: ({ eventId }) => ({ path: '/events:batch-delete', body: { ids: [eventId] } }),
  },
  'PUT /events/by-external-id/{external_id}': {
    needs: 'writer',
    request: (shared) => ({ path: `/events/by-external-id/${shared.externalId}`, body: newEvent(shared) }),
  },
  'PATCH /events/{event_id}': {
    needs: 'writer',
    request: ({ eventId }) => ({ path: `/events/${eventId}`, body: { title: 'Swept' } }),
  },
  'DELETE /events/{event_id}': {
    needs: 'writer',
    request: ({ eventId }) => ({ path: `/events/${eventId}` }),
  },
  'PATCH /events/{event_id}/occurrences/{original_start}': {
    needs: 'writer',
    request: (shared) => ({ path: `${occurrenceOf(shared)}?scope=following`, body: { title: 'Swept' } }),
  },
  'DELETE /events/{event_id}/occurrences/{original_start}': {
    needs: 'writer',
    request: (shared) => ({ path: occurrenceOf(shared) }),
  },
  'POST /events/{event_id}/attendees': {
    needs: 'writer',
    request: ({ eventId, bobId }) => ({ path: `/events/${eventId}/attendees`, body: { user_id: bobId } }),
  },
  'DELETE /events/{event_id}/attendees/{user_id}': {
    needs: 'writer',
    request: ({ eventId, attendeeId }) => ({ path: `/events/${eventId}/attendees/${attendeeId}` }),
  },
  'DELETE /event-invites/{invite_id}': {
    needs: 'writer',
    request: ({ attendeesInviteId }) => ({ path: `/event-invites/${attendeesInviteId}` }),
  },
  'POST /event-invites/{invite_id}:accept': answer('accept'),
  'POST /event-invites/{invite_id}:tentative': answer('tentative'),
  'POST /event-invites/{invite_id}:decline': answer('decline'),
  'POST /users/{user_id}/events:import': {
    needs: 'user',
    request: ({ annId, calendarId }) => ({
      path: `/users/${annId}/events:import?calendar_id=${calendarId}`,
      body: calendarFile(vevent()),
    }),
  },
  'PUT /users/{user_id}/events/{event_id}/reminders': {
    needs: 'user',
    request: ({ annId, eventId }) => ({
      path: `/users/${annId}/events/${eventId}/reminders`,
      body: { use_default: false, overrides: [{ minutes_before: 10, method: 'log' }] },
    }),
  },
  'PATCH /users/{user_id}/events/{event_id}': {
    needs: 'user',
    request: ({ annId, eventId, calendarId }) => ({
      path: `/users/${annId}/events/${eventId}`,
      body: { calendar_id: calendarId },
    }),
  },
  // A subscription tells an address of its own about all events in the calendar, also those that an owner does not see.
  'POST /webhook-subscriptions': {
    needs: 'user',
    request: ({ calendarId }) => ({
      path: '/webhook-subscriptions',
      body: { url: 'https://192.0.2.1/', types: ['event.created'], calendar_id: calendarId },
    }),
  },
  'POST /users/{user_id}/calendars': {
    needs: 'user',
    request: ({ annId }) => ({ path: `/users/${annId}/calendars`, body: { name: 'Swept' } }),
  },
  'PATCH /calendars/{calendar_id}': {
    needs: 'owner',
    request: ({ calendarId }) => ({ path: `/calendars/${calendarId}`, body: { name: 'Swept' } }),
  },
  'DELETE /calendars/{calendar_id}': {
    needs: 'owner',
    request: ({ calendarId }) => ({ path: `/calendars/${calendarId}?events=delete` }),
  },
  'POST /users/{user_id}/calendar-subscriptions': {
    needs: 'user',
    request: ({ annId }) => ({
      path: `/users/${annId}/calendar-subscriptions`,
      body: { url: 'https://192.0.2.1/calendar.ics' },
    }),
  },
  'POST /calendars/{calendar_id}/feeds': {
    needs: 'user',
    request: ({ calendarId }) => ({ path: `/calendars/${calendarId}/feeds`, body: { detail: 'busy' } }),
  },
  'DELETE /calendars/{calendar_id}/feeds/{feed_id}': {
    needs: 'user',
    request: ({ calendarId, feedId }) => ({ path: `/calendars/${calendarId}/feeds/${feedId}` }),
  },
  'POST /calendars/{calendar_id}/grants': {
    needs: 'owner',
    request: ({ calendarId, bobId }) => ({
      path: `/calendars/${calendarId}/grants`,
      body: { grantee: { type: 'user', user_id: bobId }, role: 'owner' },
    }),
  },
  'PATCH /calendars/{calendar_id}/grants/{grant_id}': {
    needs: 'owner',
    request: ({ calendarId, grantId }) => ({
      path: `/calendars/${calendarId}/grants/${grantId}`,
      body: { role: 'owner' },
    }),
  },
  'DELETE /calendars/{calendar_id}/grants/{grant_id}': {
    needs: 'owner',
    request: ({ calendarId, grantId }) => ({ path: `/calendars/${calendarId}/grants/${grantId}` }),
  },
};

/** Whether a grantee may send the request. */
export function isAllowed(needs: Needs, access: GrantedAccess, visibility: Shared['visibility']): boolean {
  if (needs === 'user') return false;
  if (needs === 'owner') return access === 'owner';
  return access === 'owner' || access === 'writer+' || (access === 'writer' && visibility === 'public');
}
