import { type CalendarAccess, visiblePart } from '../../../calendars/model/grants/calendar-access.js';

/** The calendar of an attendee who has an event; null: none of the attendee's calendars has it. */
export interface HistoricEntry {
  readonly userId: number;
  readonly calendarId: number | null;
}

/** The parts of an event, at an instant, that decide who sees it and which lists have it. */
export interface HistoricEvent {
  readonly isPrivate: boolean;
  readonly organizerId: number;
  /** Those of the organizer, of the viewer, and of the user of the list, if they attend. */
  readonly entries: readonly HistoricEntry[];
}

/** A change of an event: what it was before, where the change concerns these parts. */
export interface HistoricChange {
  readonly kind: 'created' | 'updated' | 'deleted';
  /** Null: the change left it as it was. */
  readonly isPrivate: boolean | null;
  readonly organizerId: number | null;
  /** The entries that the change added, removed or moved. */
  readonly entries: readonly (HistoricEntry & { readonly wasThere: boolean })[];
}

/** The changes of an event since an instant, the last one first. */
export interface EventHistory {
  readonly id: number;
  /** Null: the event is deleted. */
  readonly present: HistoricEvent | null;
  readonly changes: readonly HistoricChange[];
}

/** A list of events. */
export interface ListOfEntries {
  /** The user whose events the list has; null: it has those of the tenant. */
  readonly userId: number | null;
  /** The calendar of the user whose events the list has; null: all of them. */
  readonly calendarId: number | null;
}

/** The viewer of a list. */
export interface ListViewer {
  /** Null: the viewer is no user, and attends nothing. */
  readonly userId: number | null;
  /** The access to each calendar, also to one that is deleted now. The access has not changed since. */
  readonly accessTo: (calendarId: number | null) => CalendarAccess;
}

/** Whether there was an instant, from before the first of the changes until now, at which the list had the event and the viewer saw it in full. */
export function wasInList(history: EventHistory, list: ListOfEntries, viewer: ListViewer): boolean {
  let event = history.present;
  if (isInList(event, list, viewer)) return true;
  for (const change of history.changes) {
    event = before(event, change);
    if (isInList(event, list, viewer)) return true;
  }
  return false;
}

function isInList(
  event: HistoricEvent | null,
  { userId, calendarId }: ListOfEntries,
  viewer: ListViewer,
): boolean {
  if (event === null) return false;
  const entryOf = (id: number | null) => event.entries.find((entry) => entry.userId === id);
  const entry = entryOf(userId);
  if (userId !== null && !entry) return false;
  if (calendarId !== null && entry?.calendarId !== calendarId) return false;
  const guarded = { attends: entryOf(viewer.userId) !== undefined, isPrivate: event.isPrivate };
  const calendars = [entryOf(event.organizerId)?.calendarId ?? null];
  if (entry && userId !== event.organizerId) calendars.push(entry.calendarId);
  return visiblePart(guarded, calendars.map(viewer.accessTo)) === 'full';
}

/** The event before a change. */
function before(after: HistoricEvent | null, change: HistoricChange): HistoricEvent | null {
  if (change.kind === 'created') return null;
  const isPrivate = change.isPrivate ?? after?.isPrivate;
  const organizerId = change.organizerId ?? after?.organizerId;
  // The log of a deletion has all columns.
  if (isPrivate === undefined || organizerId === undefined) return null;
  const changed = new Set(change.entries.map(({ userId }) => userId));
  return {
    isPrivate,
    organizerId,
    entries: [
      ...(after?.entries ?? []).filter(({ userId }) => !changed.has(userId)),
      ...change.entries.filter(({ wasThere }) => wasThere),
    ],
  };
}
