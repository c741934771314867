import { type Finding, type SourceFile, sourcesOf } from './finding.js';

/** Reads or writes of a table of another module, and their reason. */
export interface TableException {
  /** From `src`. */
  readonly path: string;
  readonly tables: readonly string[];
  readonly reason: string;
}

const CREDENTIALS = 'the credentials of a user are columns of `users`, which only `auth` reads and writes';

const PRIMARY_CALENDAR = 'the statement that adds attendees puts the event into the calendar of each of them';

/** One statement reads, or locks, rows of two modules where two statements would be slower or would not lock together. */
const EXCEPTIONS: readonly TableException[] = [
  { path: 'auth/store/addresses.repository.ts', tables: ['users'], reason: CREDENTIALS },
  { path: 'auth/store/credentials.repository.ts', tables: ['users'], reason: CREDENTIALS },
  { path: 'auth/store/external-identities.repository.ts', tables: ['users'], reason: CREDENTIALS },
  { path: 'auth/store/generations.repository.ts', tables: ['users'], reason: CREDENTIALS },
  { path: 'auth/store/reset-mails.repository.ts', tables: ['users'], reason: CREDENTIALS },
  {
    path: 'auth/store/present-tenant.ts',
    tables: ['tenants'],
    reason: 'the look-up of a caller, which each request runs, refuses users of a deleted tenant',
  },
  {
    path: 'calendars/store/calendars-of-users.repository.ts',
    tables: ['users'],
    reason: 'a list of calendars has none of deleted users',
  },
  {
    path: 'meetings/store/round-robin-assignments.repository.ts',
    tables: ['attendees', 'events'],
    reason: 'an assignment of a round robin stands as long as its event takes place with the member',
  },
  {
    path: 'events/store/batch/new-events.repository.ts',
    tables: ['calendars'],
    reason: PRIMARY_CALENDAR,
  },
  {
    path: 'events/store/batch/event-handovers.repository.ts',
    tables: ['calendars'],
    reason: PRIMARY_CALENDAR,
  },
  { path: 'events/store/events.repository.ts', tables: ['calendars'], reason: PRIMARY_CALENDAR },
  {
    path: 'events/store/attendees/attendees.repository.ts',
    tables: ['calendars'],
    reason: PRIMARY_CALENDAR,
  },
  {
    path: 'events/store/attendees/guest-addresses.repository.ts',
    tables: ['calendars'],
    reason: PRIMARY_CALENDAR,
  },
  {
    path: 'events/store/event-rows.ts',
    tables: ['users'],
    reason: 'an event is read with the names of its attendees in one round trip',
  },
  {
    path: 'events/store/calendars/calendar-entries-query.ts',
    tables: ['calendars', 'event_previous_rows', 'users'],
    reason: 'one statement reads the calendars of users, their changes and their versions from one snapshot',
  },
  {
    path: 'events/store/calendars/attended-parts.ts',
    tables: ['hold_members'],
    reason: 'one statement reads events and holds: the time of a confirmed hold is never free in between',
  },
  {
    path: 'events/store/direct/create-events-query.ts',
    tables: ['pending_reminders', 'users'],
    reason:
      'one statement locks the users of new events, compares the versions of their calendars, and adds the events and their reminders',
  },
  {
    path: 'events/store/erasure/organized-events.repository.ts',
    tables: ['calendars'],
    reason: 'the calendar of an event decides whether the deletion of its organizer deletes it',
  },
  {
    path: 'feeds/store/calendar-feeds.repository.ts',
    tables: ['calendars'],
    reason: 'the end of an account removes the feeds of all calendars of the user in one statement',
  },
  {
    path: 'events/store/erasure/attendances.repository.ts',
    tables: ['users'],
    reason: 'the instant of the deletion of a user decides which events have not changed since',
  },
  {
    path: 'events/store/changes/concerned-users.repository.ts',
    tables: ['event_changes', 'event_previous_rows'],
    reason: 'one statement finds the users who attend a changed event, or attended it before the change',
  },
  {
    path: 'events/store/changes/erased-history.repository.ts',
    tables: ['event_changes', 'event_previous_rows'],
    reason: 'the previous rows of an event are erased as its present rows are',
  },
  {
    path: 'events/store/changes/event-history.repository.ts',
    tables: ['event_changes'],
    reason: 'the history of an event is found in its own order, by its id',
  },
  {
    path: 'events/store/changes/past-rows.ts',
    tables: ['event_changes', 'event_previous_rows', 'users'],
    reason: 'the rows of an event and the log of its changes are of one snapshot',
  },
  {
    path: 'calendars/model/grants/calendar-access-query.ts',
    tables: ['users'],
    reason: 'a call without a token owns the calendars of the users for whom it may act',
  },
  {
    path: 'calendars/store/calendar-list-query.ts',
    tables: ['users'],
    reason: 'the list of a call without a token has the calendars of the users for whom it may act',
  },
  {
    path: 'events/store/search/search-conditions.ts',
    tables: ['users'],
    reason: 'a call without a token searches the events of organizers for whom it may act',
  },
  {
    path: 'events/store/calendars/calendars.repository.ts',
    tables: ['users'],
    reason: 'calendars are read with their owners in one round trip',
  },
  {
    path: 'events/store/calendars/calendar-windows.repository.ts',
    tables: ['users'],
    reason: 'calendars are read with the times in which their owners are away in one round trip',
  },
  {
    path: 'events/store/attended-events.repository.ts',
    tables: ['users'],
    reason: 'one statement reads the events of a user and notices that the user was deleted',
  },
  {
    path: 'events/store/kept/kept-events-query.ts',
    tables: ['calendars', 'users'],
    reason: 'one statement looks up a list and notices that the user or the calendar was deleted',
  },
  {
    path: 'events/store/calendars/reported-changes-query.ts',
    tables: ['change_floors'],
    reason: 'one statement looks up the changes since a snapshot and notices that the log has lost some',
  },
  {
    path: 'events/store/calendars/attended-parts.ts',
    tables: ['calendars', 'users'],
    reason: 'the `invitations`, the kinds and the calendars of the users decide which events make them busy',
  },
  {
    path: 'events/store/acquaintances/acquaintances.repository.ts',
    tables: ['users'],
    reason: 'the `invitations` of the user decide which inviters are looked up',
  },
  {
    path: 'webhooks/store/subscriptions.repository.ts',
    tables: ['users'],
    reason: 'the list of a call without a token has the subscriptions of the users for whom it may act',
  },
  {
    path: 'webhooks/store/fan-out.repository.ts',
    tables: ['calendars'],
    reason: 'one statement finds the subscriptions of all tenants whose calendars are gone',
  },
  {
    path: 'events/store/changes/incremental-query.ts',
    tables: ['event_changes', 'event_previous_rows', 'grant_changes'],
    reason: 'the events of an incremental list and the log of their changes are of one snapshot',
  },
  {
    path: 'events/store/changes/access-changes.repository.ts',
    tables: ['account_protections', 'calendar_grants', 'event_previous_rows', 'grant_changes'],
    reason: 'the events of a list, and its viewer, decide which changes of access concern the viewer',
  },
  {
    path: 'reminders/store/reminder-settings.repository.ts',
    tables: ['attendees', 'calendars', 'occurrence_answers', 'users'],
    reason:
      'the defaults of all attendees of an event are read, or locked, by one statement in each change of it',
  },
  {
    path: 'reminders/store/pending-reminders.repository.ts',
    tables: ['attendees'],
    reason: 'rows are inserted under a lock of their attendees, who may be removed at the same time',
  },
  {
    path: 'reminders/store/deliveries.repository.ts',
    tables: ['occurrence_overrides'],
    reason: 'few of the overrides of an event have a delivery, and the join reads only these',
  },
];

const ENTITY = /@Entity\('(\w+)'\)/g;

/** A table in SQL: after a keyword, or after a comma and with an alias, which is one letter. */
const NAMED_TABLE = /\b(?:FROM|JOIN|UPDATE|INTO|USING)\s+(\w+)|,\s+(\w+)(?=\s+[a-z]\b)/g;

/** Finds SQL that names a table of another module, and exceptions to the rule that no SQL needs. */
export function tableFindings(
  files: readonly SourceFile[],
  exceptions: readonly TableException[] = EXCEPTIONS,
): Finding[] {
  const sources = sourcesOf(files).filter(({ path }) => !path.includes('/migrations/'));
  const owners = new Map(
    sources.flatMap(({ path, text }) =>
      [...text.matchAll(ENTITY)].map(([, table]) => [table, moduleOf(path)]),
    ),
  );
  const foreign = new Set(
    sources.flatMap(({ path, text }) =>
      [...text.matchAll(NAMED_TABLE)]
        .map(([, named, listed]) => named ?? listed)
        .filter((table) => owners.has(table) && owners.get(table) !== moduleOf(path))
        .map((table) => keyOf(path, table)),
    ),
  );
  const allowed = new Set(
    exceptions.flatMap(({ path, tables }) => tables.map((table) => keyOf(`src/${path}`, table))),
  );
  return [
    ...[...foreign]
      .filter((key) => !allowed.has(key))
      .map((key) => found(key, 'names a table of another module')),
    ...[...allowed]
      .filter((key) => !foreign.has(key))
      .map((key) => found(key, 'is an exception that nothing needs')),
  ];
}

function moduleOf(path: string): string {
  return path.split('/')[1];
}

function keyOf(path: string, table: string): string {
  return `${path} ${table}`;
}

function found(key: string, problem: string): Finding {
  const [path, table] = key.split(' ');
  return { path, problem: `${problem}: ${table}` };
}
