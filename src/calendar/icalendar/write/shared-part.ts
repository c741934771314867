import { compileSeries } from '../../recurrence/series/event-series.js';
import { firstOccurrence } from '../../recurrence/series/recurrence-set.js';
import type { ICalendarEvent, ICalendarOverride } from '../model/icalendar-event.js';

/** The fields that a caller does not see who may see only the times of an event. */
type HiddenField =
  | 'title'
  | 'description'
  | 'location'
  | 'visibility'
  | 'url'
  | 'color'
  | 'categories'
  | 'conference'
  | 'organizer'
  | 'attendees';

/**
 * The event as a caller sees it who may see only its times: the title is "Busy", and moved occurrences keep their times alone.
 * Nothing else is left but the UID, the revision, and whether the event takes time.
 * @example busyEvent(event).title // 'Busy'
 */
export function busyEvent(event: Omit<ICalendarEvent, HiddenField>): ICalendarEvent {
  const { floatingIn } = event.kept ?? {};
  return {
    ...event,
    title: 'Busy',
    description: null,
    location: null,
    visibility: 'private',
    url: null,
    color: null,
    categories: [],
    conference: null,
    organizer: null,
    attendees: [],
    overrides: event.overrides.map(busyOverride),
    kept: floatingIn === undefined ? null : { floatingIn },
  };
}

function busyOverride({
  originalStart,
  cancelled,
  start,
  length,
  showAs,
  revision,
}: ICalendarOverride): ICalendarOverride {
  return {
    originalStart,
    cancelled,
    ...(start !== undefined && { start }),
    ...(length !== undefined && { length }),
    ...(showAs !== undefined && { showAs }),
    ...(revision !== undefined && { revision }),
    kept: null,
  };
}

/**
 * The event without its cancelled occurrences, which become EXDATEs. Null if the event is cancelled or no occurrence
 * remains. Readers of feeds such as Google show cancelled events as if they took place.
 * @example withoutCancelled(event)?.exdates
 */
export function withoutCancelled(event: ICalendarEvent): ICalendarEvent | null {
  if (event.status === 'cancelled') return null;
  const cancelled = event.overrides.filter((override) => override.cancelled);
  if (cancelled.length === 0) return event;
  const exdates = [...event.exdates, ...cancelled.map(({ originalStart }) => originalStart)];
  const left = {
    ...event,
    exdates: [...new Set(exdates)].toSorted((a, b) => a - b),
    overrides: event.overrides.filter((override) => !override.cancelled),
  };
  return firstOccurrence(compileSeries(left)) === null ? null : left;
}
