import type { RouteAccess } from '../../../src/access/access.decorator.js';
import type { Scope } from '../../../src/access/scope.js';

/** Every client may call, and a key within its scopes. Null: the operation ignores keys. */
function open(scope: Scope | null): RouteAccess {
  return { rule: 'public', scope };
}

/** Persons and keys may call. */
function shared(scope: Scope): RouteAccess {
  return { rule: 'caller', scope };
}

/** Persons may call; a key has no rights of its own. */
const PERSONS_ALONE: RouteAccess = { rule: 'person', scope: null };

function keysAlone(scope: Scope): RouteAccess {
  return { rule: 'key', scope };
}

/** The access to each operation, by its `operationId`. A new operation needs a line here. */
export const ACCESS_BY_OPERATION: Readonly<Record<string, RouteAccess | undefined>> = {
  getLiveness: open(null),
  getReadiness: open(null),
  getMetrics: open(null),

  logIn: open(null),
  refreshTokens: open(null),
  logOut: open(null),
  changePassword: PERSONS_ALONE,
  forgotPassword: open(null),
  resetPassword: open(null),
  exchangeToken: keysAlone('act_as'),

  createApiKey: keysAlone('keys.write'),
  listApiKeys: keysAlone('keys.write'),
  deleteApiKey: keysAlone('keys.write'),

  createTenant: keysAlone('tenants.write'),
  listTenants: keysAlone('tenants.write'),
  getTenant: keysAlone('tenants.write'),
  updateTenant: keysAlone('tenants.write'),
  deleteTenant: keysAlone('tenants.write'),

  createUser: open('users.write'),
  findUsers: shared('users.read'),
  getUser: shared('users.read'),
  updateUser: shared('users.write'),
  verifyEmail: shared('users.write'),
  setUserByExternalId: shared('users.write'),
  getUserByExternalId: shared('users.read'),
  deleteUser: shared('users.write'),
  exportUser: shared('users.read'),

  createEvent: shared('events.write'),
  importEvents: shared('events.write'),
  exportUserEvents: shared('events.read'),
  exportCalendarEvents: shared('events.read'),
  searchEvents: shared('events.read'),
  getEvent: shared('events.read'),
  updateEvent: shared('events.write'),
  deleteEvent: shared('events.write'),
  createEvents: shared('events.write'),
  updateEvents: shared('events.write'),
  deleteEvents: shared('events.write'),
  setEventByExternalId: shared('events.write'),
  getEventByExternalId: shared('events.read'),
  listUserEvents: shared('events.read'),
  listOccurrences: shared('events.read'),
  updateOccurrence: shared('events.write'),
  deleteOccurrence: shared('events.write'),

  createCalendar: shared('events.write'),
  listUserCalendars: shared('events.read'),
  listCalendars: shared('events.read'),
  getCalendar: shared('events.read'),
  updateCalendar: shared('events.write'),
  createGrant: shared('events.write'),
  listGrants: shared('events.read'),
  updateGrant: shared('events.write'),
  deleteGrant: shared('events.write'),
  updateUserEvent: shared('events.write'),
  listCalendarEvents: shared('events.read'),
  deleteCalendar: shared('events.write'),

  listChanges: keysAlone('changes.read'),
  streamChanges: { rule: 'identified', scope: 'changes.read' },
  listEventHistory: shared('events.read'),

  createRoom: shared('users.write'),
  listRooms: shared('users.read'),
  getRoom: shared('users.read'),
  updateRoom: shared('users.write'),
  deleteRoom: shared('users.write'),
  setRoomByExternalId: shared('users.write'),
  getRoomByExternalId: shared('users.read'),

  listUserInvites: shared('events.read'),
  getInvite: shared('events.read'),
  createAttendee: shared('events.write'),
  deleteAttendee: shared('events.write'),
  deleteInvite: shared('events.write'),
  acceptInvite: shared('events.write'),
  declineInvite: shared('events.write'),
  tentativelyAcceptInvite: shared('events.write'),

  getReminders: shared('events.read'),
  setReminders: shared('events.write'),

  createCalendarFeed: shared('events.write'),
  listCalendarFeeds: shared('events.read'),
  getCalendarFeed: shared('events.read'),
  deleteCalendarFeed: shared('events.write'),
  getFeed: open(null),

  createCalendarSubscription: shared('events.write'),
  listCalendarSubscriptions: shared('events.read'),
  getCalendarSubscription: shared('events.read'),
  updateCalendarSubscription: shared('events.write'),
  deleteCalendarSubscription: shared('events.write'),
  refreshCalendarSubscription: shared('events.write'),

  createHold: shared('events.write'),
  listHolds: shared('events.read'),
  getHold: shared('events.read'),
  extendHold: shared('events.write'),
  confirmHold: shared('events.write'),
  deleteHold: shared('events.write'),

  getFreeBusy: shared('availability.read'),
  findNearestEmptyTimeInterval: shared('availability.read'),
  findSeriesSlots: shared('availability.read'),
  findTimes: shared('availability.read'),
  bookMeeting: shared('events.write'),

  createWebhookSubscription: shared('webhooks.write'),
  listWebhookSubscriptions: shared('webhooks.write'),
  getWebhookSubscription: shared('webhooks.write'),
  updateWebhookSubscription: shared('webhooks.write'),
  deleteWebhookSubscription: shared('webhooks.write'),
  testWebhookSubscription: shared('webhooks.write'),
  rotateWebhookSecret: shared('webhooks.write'),
  listWebhookDeliveries: shared('webhooks.write'),
  redeliverWebhook: shared('webhooks.write'),
};

/** The scopes of the operations of each tag that have one, as in the contract. */
export const SCOPES_BY_TAG: Readonly<Record<string, readonly Scope[]>> = {
  auth: ['act_as'],
  'api keys': ['keys.write'],
  tenants: ['tenants.write'],
  users: ['users.read', 'users.write'],
  deletion: ['users.write'],
  export: ['users.read'],
  events: ['events.read', 'events.write'],
  occurrences: ['events.read', 'events.write'],
  invites: ['events.read', 'events.write'],
  attendees: ['events.read', 'events.write'],
  changes: ['changes.read', 'events.read'],
  reminders: ['events.read', 'events.write'],
  calendars: ['events.read', 'events.write'],
  grants: ['events.read', 'events.write'],
  feeds: ['events.read', 'events.write'],
  holds: ['events.read', 'events.write'],
  files: ['events.read', 'events.write'],
  'calendar subscriptions': ['events.read', 'events.write'],
  rooms: ['users.read', 'users.write'],
  scheduling: ['availability.read'],
  meetings: ['availability.read', 'events.write'],
  webhooks: ['webhooks.write'],
};
