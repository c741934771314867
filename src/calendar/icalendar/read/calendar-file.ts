import type { CivilTime } from '../../time/civil-time.js';
import { decodedText } from '../content/decoding.js';
import { ICalendarError } from '../model/icalendar-error.js';
import type { ICalendarEvent } from '../model/icalendar-event.js';
import { MAX_COMPARED_ZONES, MAX_FILE_OVERRIDES } from '../model/icalendar-limits.js';
import { type ICalendarWarning, ReadingNotes } from '../model/reading-notes.js';
import { FileObjects } from './file-objects.js';
import { type FilePart, fileCalendars } from './file-parts.js';
import { objectEvents } from './object-reader.js';

/** How a file is read. */
export interface ReadOptions {
  /** `charset` of the Content-Type. Absent or wrong: the encoding is found from the bytes. */
  readonly charset?: string;
  /** The zone of days and of floating times, if the file names none: that of the user. IANA name. */
  readonly timeZone: string;
}

/** A file whose structure is sound: each component of it ends. */
export interface CalendarFile {
  /** NAME or X-WR-CALNAME of the first VCALENDAR. */
  readonly name: string | null;
  /** COLOR or X-APPLE-CALENDAR-COLOR, as `#rrggbb`. */
  readonly color: string | null;
  /** REFRESH-INTERVAL or X-PUBLISHED-TTL, in seconds. */
  readonly refreshInterval: number | null;
  /** Those of the first VCALENDAR, and `encoding_guessed`. */
  readonly warnings: readonly ICalendarWarning[];
  /** The number of objects. */
  readonly size: number;
  /**
   * Reads the objects one by one, in the order in which their first VEVENT stands in the file. Only one object is parsed at
   * a time. A problem of one object does not concern the others. May be called again.
   */
  objects(): Iterable<ReadObject>;
}

/** All VEVENTs of one UID in a file, or a component that is no event. */
export type ReadObject = ReadEvents | RefusedObject;

export interface ReadEvents {
  readonly uid: string | null;
  /** The line of the first VEVENT. */
  readonly line: number;
  /**
   * The event. If RANGE=THISANDFUTURE changes it from some occurrence on, the event ends before, and each later part follows
   * as an event of its own, with the UID `{uid}_R{original start}`.
   */
  readonly events: readonly [ICalendarEvent, ...ICalendarEvent[]];
  /** For each of `events` after the first: the start that the event before it gives the first occurrence of the part. */
  readonly splits: readonly CivilTime[];
  /** The lines of RECURRENCE-ID by original start, if the changed occurrences come without their series. */
  readonly recurrenceLines: ReadonlyMap<CivilTime, number>;
  readonly warnings: readonly ICalendarWarning[];
  readonly problem?: undefined;
}

export interface RefusedObject {
  readonly uid: string | null;
  readonly line: number;
  readonly warnings: readonly ICalendarWarning[];
  readonly problem: ICalendarProblem;
}

/** Why an object cannot be an event here. `code` is stable, such as `invalid_rule`. */
export interface ICalendarProblem {
  readonly code: string;
  readonly detail: string;
  readonly line: number;
  /** The property, or the part of a rule. */
  readonly part?: string;
}

/**
 * Reads a file of one or more VCALENDARs, of any size that fits in memory as text. The whole file is decoded and its
 * structure checked at once; objects are parsed as they are read.
 * @throws {ICalendarError} `invalid_icalendar`: no iCalendar at all, or a component that does not end
 * @example for (const object of readCalendarFile(bytes, { timeZone: 'Europe/Berlin' }).objects()) …
 */
export function readCalendarFile(bytes: Uint8Array, { charset, timeZone }: ReadOptions): CalendarFile {
  const { text, guessed } = decodedText(bytes, charset);
  const comparisons = { left: MAX_COMPARED_ZONES };
  const calendars = fileCalendars(text).map(
    (calendar) => new FileObjects(text, calendar, timeZone, comparisons),
  );
  const warnings = guessed ? [{ code: 'encoding_guessed' as const, detail: GUESSED, line: 1 }] : [];
  const objects = objectsOf(calendars);
  const [{ properties }] = calendars;
  return {
    name: properties.name,
    color: properties.color,
    refreshInterval: properties.refreshInterval,
    warnings: [...warnings, ...properties.warnings],
    size: objects.length,
    *objects() {
      for (const object of objects) yield readObject(object);
    },
  };
}

const GUESSED = 'The file is not UTF-8 and names no other encoding. It was read as Windows-1252.';

/** The components of one UID, in the order of the file. */
interface ObjectParts {
  readonly uid: string | null;
  readonly parts: { readonly calendar: FileObjects; readonly part: FilePart }[];
}

/** The objects of all calendars: the events of each UID together, and each other component. Zones belong to all. */
function objectsOf(calendars: readonly FileObjects[]): ObjectParts[] {
  const objects: ObjectParts[] = [];
  const events = new Map<string, ObjectParts>();
  for (const calendar of calendars) {
    for (const part of calendar.parts) {
      if (part.name === 'VTIMEZONE') continue;
      const known = part.name === 'VEVENT' && part.uid !== null ? events.get(part.uid) : undefined;
      const object = known ?? { uid: part.uid, parts: [] };
      object.parts.push({ calendar, part });
      if (known !== undefined) continue;
      objects.push(object);
      if (part.name === 'VEVENT' && part.uid !== null) events.set(part.uid, object);
    }
  }
  return objects;
}

function readObject({ uid, parts }: ObjectParts): ReadObject {
  const [{ calendar, part }] = parts;
  const notes = new ReadingNotes();
  try {
    if (part.name !== 'VEVENT') throw unsupported(part);
    if (parts.length > MOST_PARTS) throw tooMany(part);
    const vevents = parts.map((one) => one.calendar.vevent(one.part, notes));
    const read = objectEvents(vevents, { timeZone: calendar.timeZone, notes });
    return { uid, line: part.line, ...read, warnings: notes.warnings };
  } catch (error) {
    if (!(error instanceof ICalendarError)) throw error;
    const { code, reason, line, part: wrong } = error;
    return {
      uid,
      line: part.line,
      warnings: notes.warnings,
      problem: { code, detail: reason, line, ...(wrong !== undefined && { part: wrong }) },
    };
  }
}

/** The series and its changed occurrences, each in two versions. */
const MOST_PARTS = 2 * (MAX_FILE_OVERRIDES + 1);

function tooMany({ line }: FilePart): ICalendarError {
  const reason = `An event has at most ${MAX_FILE_OVERRIDES} changed occurrences.`;
  return new ICalendarError('too_many_values', reason, line, 'RECURRENCE-ID');
}

function unsupported({ name, line }: FilePart): ICalendarError {
  return new ICalendarError('unsupported_component', `${name.slice(0, 40)} is no event.`, line);
}
