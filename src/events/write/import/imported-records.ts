import { compileSeries } from '../../../calendar/recurrence/series/event-series.js';
import { firstOccurrence, occurrenceAt } from '../../../calendar/recurrence/series/recurrence-set.js';
import { type CivilTime, DAY, formatCivilTime } from '../../../calendar/time/civil-time.js';
import { civilLength, isLengthOfEvent } from '../../../calendar/time/length.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { atField, DomainError, refuseFaults } from '../../../errors/domain-error.js';
import {
  repeats,
  type SeriesOverride,
  seriesOverride,
} from '../../../scheduling/occurrences/series-record.js';
import { appearanceFaults } from '../../model/appearance/event-appearance.js';
import { detailFaults } from '../../model/command-limits.js';
import { MAX_DATES } from '../../model/event-limits.js';
import type { OverrideRecord } from '../../model/event-record.js';
import {
  type ImportedEvent,
  type ImportedOverride,
  MAX_IMPORTED_GUESTS,
} from '../../model/import/imported-event.js';
import { recordedSchedule } from '../../model/schedule/recorded-schedule.js';
import { definitionOf, type Schedule, seriesOf } from '../../model/schedule/schedule.js';
import { MAX_EVENT_DAYS } from '../../model/schedule/schedule-change.js';
import { refuseDeepOverlap } from '../limits/overlap-limit.js';
import type { NewSeriesRecords } from '../new-series-records.js';
import { refuseMoreOverrides } from '../occurrence-change.js';

/** The records of an event of a file, and its schedule. */
export interface ImportedRecords extends NewSeriesRecords {
  readonly schedule: Schedule;
}

/** Where the events of an import go. */
export interface ImportTarget {
  /** The user who imports, and who owns the created events. */
  readonly userId: number;
  /** A calendar of the user; null: the primary one for new events, and their own for those that are there. */
  readonly calendarId: number | null;
  /** The calendar within which UIDs are unique; 0: all calendars of the user. */
  readonly namespace: number;
}

/** One object for all events, so that a statement sends it once. */
const NO_METADATA = {};

/**
 * Derives the records of an event of a file.
 * @throws {DomainError} invalid; limit-exceeded
 */
export function importedRecords(event: ImportedEvent, target: ImportTarget): ImportedRecords {
  refuseBeyondLimits(event);
  const { times } = event;
  const schedule = { ...times, startAt: timeZone(times.timeZone).toInstant(times.start) };
  const overrides = event.overrides.map(overrideRecordOf);
  refuseWrongSchedule(schedule, overrides);
  const { title, description, location, visibility, showAs, status } = event;
  const { url, color, categories, conference } = event;
  const contentOfOccurrences = event.overrides.flatMap(({ originalStart, content }) =>
    content === null ? [] : [[formatCivilTime(originalStart), content] as const],
  );
  return {
    schedule,
    event: {
      organizerId: target.userId,
      foreignOrganizer: event.owner !== null,
      title,
      description,
      location,
      visibility,
      showAs,
      status,
      url,
      color,
      categories,
      conference,
      externalId: null,
      metadata: NO_METADATA,
      ...recordedSchedule(schedule, overrides),
      endsBefore: null,
    },
    calendarId: target.calendarId,
    attendees: [],
    guests: [],
    overrides: overrides.map(({ record }) => record),
    answers: event.answers.map(({ originalStart, status: answer, comment }) => ({
      userId: target.userId,
      originalStart: formatCivilTime(originalStart),
      status: answer,
      removed: false,
      comment,
    })),
    imported: {
      uid: event.uid,
      uidNamespace: target.namespace,
      owner: event.owner,
      guests: event.guests,
      content: event.content,
      contentOfOccurrences: new Map(contentOfOccurrences),
    },
  };
}

function refuseBeyondLimits(event: ImportedEvent): void {
  const { times, overrides, guests } = event;
  refuseFaults([
    ...detailFaults(event),
    ...appearanceFaults(event),
    ...overrides.flatMap((override, index) => detailFaults(override, `overrides.${index}.`)),
  ]);
  refuseMoreOverrides(overrides.length);
  if (guests.length > MAX_IMPORTED_GUESTS)
    throw tooMany('too_many_attendees', `more than ${MAX_IMPORTED_GUESTS} attendees`);
  if (Math.max(times.rdates.length, times.exdates.length) > MAX_DATES)
    throw tooMany('too_many_dates', `more than ${MAX_DATES} RDATEs or EXDATEs`);
  for (const length of [times.length, ...overrides.flatMap((override) => override.length ?? [])]) {
    if (!isLengthOfEvent(length) || civilLength(length) > MAX_EVENT_DAYS * DAY)
      throw new DomainError('invalid', 'invalid_length', `The event is longer than ${MAX_EVENT_DAYS} days.`);
  }
}

function tooMany(code: string, amount: string): DomainError {
  return new DomainError('limit-exceeded', code, `The event has ${amount}.`);
}

/** Checks the rule and the dates, that an occurrence remains, and that the series has the occurrences of its overrides. */
function refuseWrongSchedule(schedule: Schedule, overrides: readonly SeriesOverride<OverrideRecord>[]): void {
  if (!repeats(schedule)) {
    compileSeries(definitionOf(schedule));
    if (overrides.length > 0) throw unknownOccurrence(overrides[0].originalStart);
    return;
  }
  const series = seriesOf(schedule);
  for (const { originalStart } of overrides) {
    const at = series.zone.toInstant(originalStart);
    if (occurrenceAt(series, at)?.originalCivilStart !== originalStart)
      throw unknownOccurrence(originalStart);
  }
  if (firstOccurrence(series) === null)
    throw new DomainError('invalid', 'no_occurrence', 'The EXDATEs leave no occurrence.');
  atField('repeat', () => refuseDeepOverlap(schedule, overrides, { schedule: { repeat: null } }));
}

function unknownOccurrence(originalStart: CivilTime): DomainError {
  const detail = `The series has no occurrence at the RECURRENCE-ID ${formatCivilTime(originalStart)}.`;
  return new DomainError('invalid', 'occurrence_not_found', detail);
}

function overrideRecordOf(override: ImportedOverride): SeriesOverride<OverrideRecord> {
  const { originalStart, cancelled, start, length, title, description, location, showAs } = override;
  const record = {
    originalStart: formatCivilTime(originalStart),
    cancelled,
    start: start === undefined ? null : formatCivilTime(start),
    length: length ?? null,
    title: title ?? null,
    // An empty text means no value; null, the value of the series.
    description: description === undefined ? null : (description ?? ''),
    location: location === undefined ? null : (location ?? ''),
    showAs: showAs ?? null,
  };
  return seriesOverride(record, originalStart, start ?? null);
}
