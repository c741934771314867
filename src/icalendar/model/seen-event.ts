import type {
  ICalendarEvent,
  ICalendarOverride,
  ICalendarTimes,
  Revision,
} from '../../calendar/icalendar/model/icalendar-event.js';
import { busyEvent } from '../../calendar/icalendar/write/shared-part.js';
import { DAY, type Instant, SECOND } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import type { ExportedTimes } from '../../events/export/exported-times.js';
import type { OverrideRecord, PartialEventRecord } from '../../events/model/event-record.js';
import { type ScheduledRecord, scheduleFrom } from '../../events/model/schedule/schedule.js';
import {
  originalStartOf,
  repeats,
  type SeriesOverride,
  seriesDefinition,
} from '../../scheduling/occurrences/series-record.js';
import { type SeenPeople, seenPeople } from './seen-people.js';
import { NO_TITLE, type StoredContent, type StoredOccurrence } from './stored-content.js';

/** How much of an event a reader sees beside its fields. */
export interface Shown {
  readonly uid: string;
  /** What the file of the event has; null: nothing, or the reader does not see it. */
  readonly content: StoredContent | null;
  /** By original start. */
  readonly occurrences: ReadonlyMap<string, StoredOccurrence>;
  /** Whether the reader sees who attends. */
  readonly people: boolean;
}

const NOBODY: SeenPeople = { organizer: null, attendees: [], at: () => undefined };

/** An event as iCalendar has it, for a reader who sees its details. */
export function seenEvent(event: PartialEventRecord, shown: Shown): ICalendarEvent {
  const { content } = shown;
  const people = shown.people ? seenPeople(event, content?.people) : NOBODY;
  return {
    uid: shown.uid,
    ...timesOf(event),
    title: content?.untitled && event.title === NO_TITLE ? '' : event.title,
    description: event.description,
    location: event.location,
    showAs: event.showAs,
    visibility: event.visibility,
    status: event.status,
    url: event.url,
    color: event.color,
    categories: event.categories,
    conference: event.conference,
    organizer: people.organizer,
    attendees: people.attendees,
    revision: revisionOf(event, content),
    overrides: overridesOf(event, people, shown.occurrences),
    kept: content?.kept ?? null,
  };
}

/**
 * The times of an event for a reader who sees nothing else of it: an event for each time, without the rule, the zone and the
 * moment of the last change.
 */
export function seenTimes(
  { allDay, timeZone: name, times }: ExportedTimes,
  uidOf: (originalStart: Instant) => string,
): ICalendarEvent[] {
  const zone = timeZone(allDay ? name : 'UTC');
  return times.map(({ start, end, originalStart }) => {
    const civil = zone.toCivil(start);
    const days = Math.round((zone.toCivil(end) - civil) / DAY);
    return busyEvent({
      uid: uidOf(originalStart),
      allDay,
      floating: allDay,
      timeZone: zone.name,
      endTimeZone: null,
      start: civil,
      length: allDay ? { days } : { seconds: (end - start) / SECOND },
      rule: null,
      rdates: [],
      exdates: [],
      showAs: 'busy',
      status: 'confirmed',
      revision: { sequence: 0, createdAt: null, modifiedAt: null, stampedAt: start },
      overrides: [],
      kept: null,
    });
  });
}

function timesOf(event: ScheduledRecord): ICalendarTimes {
  const { startAt: _startAt, ...times } = scheduleFrom(event);
  return times;
}

/** The revision of the file as long as the event has not changed since. Each change here raises SEQUENCE. */
function revisionOf(
  { version, createdAt, updatedAt }: PartialEventRecord,
  content: StoredContent | null,
): Revision {
  const changedAt = updatedAt.getTime();
  if (content === null) {
    return {
      sequence: version - 1,
      createdAt: createdAt.getTime(),
      modifiedAt: changedAt,
      stampedAt: changedAt,
    };
  }
  const { revision } = content;
  if (content.version === version) return { ...revision, stampedAt: revision.stampedAt ?? changedAt };
  const sequence = revision.sequence + version - content.version;
  return { sequence, createdAt: revision.createdAt, modifiedAt: changedAt, stampedAt: changedAt };
}

function overridesOf(
  event: PartialEventRecord,
  people: SeenPeople,
  contents: ReadonlyMap<string, StoredOccurrence>,
): ICalendarOverride[] {
  if (!repeats(event)) return [];
  const overrides = seriesDefinition(event).overrides.map((override) =>
    seenOverride(override, people, contents.get(override.record.originalStart)),
  );
  const known = new Set(event.overrides.map(({ originalStart }) => originalStart));
  const answered = new Set(
    [...event.answers, ...event.guestAnswers].map(({ originalStart }) => originalStart),
  );
  const answers = [...answered].flatMap((key): ICalendarOverride[] => {
    const attendees = known.has(key) ? undefined : people.at(key, undefined);
    return attendees
      ? [{ originalStart: originalStartOf(event, key), cancelled: false, attendees, kept: null }]
      : [];
  });
  return [...overrides, ...answers].toSorted((a, b) => a.originalStart - b.originalStart);
}

function seenOverride(
  { record, originalStart, cancelled, start, length }: SeriesOverride<OverrideRecord>,
  people: SeenPeople,
  content: StoredOccurrence | undefined,
): ICalendarOverride {
  const attendees = people.at(record.originalStart, content?.attendees);
  return {
    originalStart,
    cancelled,
    ...(start !== undefined && { start }),
    ...(length !== undefined && { length }),
    ...(content?.untitled && record.title === null && { title: '' }),
    ...textsOf(record),
    ...(attendees && { attendees }),
    ...(content?.revision && { revision: content.revision }),
    kept: content?.kept ?? null,
  };
}

function textsOf({ title, description, location, showAs }: OverrideRecord): Partial<ICalendarOverride> {
  return {
    ...(title !== null && { title }),
    ...(description !== null && { description: description || null }),
    ...(location !== null && { location: location || null }),
    ...(showAs !== null && { showAs }),
  };
}
