import { compileSeries } from '../../recurrence/series/event-series.js';
import { occurrenceAt } from '../../recurrence/series/recurrence-set.js';
import { type CivilTime, formatCivilTime, wallClock } from '../../time/civil-time.js';
import { timeZone } from '../../time/time-zone.js';
import { dateOf } from '../content/time-values.js';
import type { Component } from '../model/content-line.js';
import { ICalendarError } from '../model/icalendar-error.js';
import type { ICalendarEvent } from '../model/icalendar-event.js';
import { MAX_OBJECT_LINES } from '../model/icalendar-limits.js';
import { type ICalendarWarning, ReadingNotes } from '../model/reading-notes.js';
import { eventComponents } from '../write/event-components.js';
import { floatsOf } from '../write/event-groups.js';
import { namedByTime, wrongValueType } from './dated-recurrence-ids.js';
import { objectEvents } from './object-reader.js';
import { namedStart } from './occurrence-overrides.js';
import { writtenVEvent } from './written-vevent.js';

/** A series with the changed occurrences of a file that has no series. */
export interface JoinedOccurrences {
  readonly event: ICalendarEvent;
  readonly warnings: readonly ICalendarWarning[];
}

/** Whether a file has changed occurrences of an event alone, without their series. */
export function isWithoutSeries({ kept, rule }: ICalendarEvent): boolean {
  return kept?.withoutSeries !== undefined && rule === null;
}

/**
 * A series with changed occurrences that a file has alone (RFC 5545 §3.8.4.4). Of an occurrence that both have, the file
 * counts. Changed occurrences that the file lacks stay, and so does all else of the series.
 * @param series an event with several occurrences, or with changed occurrences alone
 * @param alone an event of changed occurrences without their series
 * @param line that of `alone` in the file @param recurrenceLines those of its RECURRENCE-IDs, by original start
 * @throws {ICalendarError} `occurrence_not_found`: the series has no such occurrence; `too_many_values`, `object_too_long`
 * @example joinedOccurrences(stored, read.events[0], read.line).event.overrides
 */
export function joinedOccurrences(
  series: ICalendarEvent,
  alone: ICalendarEvent,
  line: number,
  recurrenceLines: ReadonlyMap<CivilTime, number>,
): JoinedOccurrences {
  const zone = series.allDay || floatsOf(series) ? series.timeZone : alone.kept?.floatingIn;
  const context = { timeZone: zone ?? series.timeZone, notes: new ReadingNotes() };
  const [stored, added] = [eventComponents(series), eventComponents(alone)];
  refuseTooLong([...stored, ...added], line);
  const originals = originalsOf(alone);
  const read = added.map((component, index) =>
    writtenVEvent(component, recurrenceLines.get(originals[index]) ?? line, context),
  );
  const dated = alone.kept?.namedByDate ?? [];
  const changed = isWithoutSeries(series) ? read : namedByTime(read, series, dated, context.notes);
  const named = new Map(changed.map((one) => [namedStart(one, series), one.line]));
  if (!isWithoutSeries(series)) refuseUnknown(series, named);
  const others = stored
    .map((component) => writtenVEvent(component, OF_SERIES, context))
    .filter((one) => one.recurrenceId === null || !named.has(namedStart(one, series)));
  const [event] = objectEvents([...others, ...changed], context).events;
  const warnings = context.notes.warnings.filter((warning) => warning.line !== OF_SERIES);
  return { event: { ...event, uid: series.uid }, warnings };
}

/**
 * Refuses changed occurrences of an event that does not repeat, unless they are the event itself: such an event is a set of one
 * occurrence (RFC 5545 §3.8.4.4).
 * @param single the event @param alone an event of changed occurrences without their series @param line that of its RECURRENCE-ID
 * @throws {ICalendarError} `occurrence_not_found`
 * @example refuseOtherOccurrences(stored, read.events[0], read.line)
 */
export function refuseOtherOccurrences(single: ICalendarEvent, alone: ICalendarEvent, line: number): void {
  const named = alone.kept?.withoutSeries ?? alone.start;
  if (alone.kept?.namedByDate?.includes(named) && !single.allDay) {
    if (alone.rdates.length === 0 && dateOf(named) === dateOf(wallClock(single.start))) return;
    throw wrongValueType(dateOf(named), 0, line);
  }
  const isItself = alone.rdates.length === 0 && instantIn(alone, named) === instantIn(single, single.start);
  if (isItself && alone.allDay === single.allDay) return;
  const reason = `The event does not repeat, and has no occurrence at the RECURRENCE-ID ${formatCivilTime(named)}.`;
  throw new ICalendarError('occurrence_not_found', reason, line, 'RECURRENCE-ID');
}

function instantIn({ allDay, timeZone: zone }: ICalendarEvent, civil: CivilTime): number {
  return timeZone(allDay ? 'UTC' : zone).toInstant(civil);
}

/** The original starts, in the order of the components. */
function originalsOf({ start, rdates, kept }: ICalendarEvent): readonly CivilTime[] {
  return rdates.length === 0 ? [kept?.withoutSeries ?? start] : [start, ...rdates];
}

/** The line of what no line of the file has. */
const OF_SERIES = 0;

/** As of an object that a file has as a whole. */
function refuseTooLong(components: readonly Component[], line: number): void {
  if (components.reduce((total, component) => total + linesOf(component), 0) <= MAX_OBJECT_LINES) return;
  throw new ICalendarError('object_too_long', `An event has at most ${MAX_OBJECT_LINES} lines.`, line);
}

function linesOf({ properties, components }: Component): number {
  return components.reduce((total, component) => total + linesOf(component), properties.length + 2);
}

/** Refuses an occurrence that the series does not have. One that EXDATE removes takes place again. */
function refuseUnknown(series: ICalendarEvent, originals: ReadonlyMap<CivilTime, number>): void {
  const compiled = compileSeries({ ...series, exdates: [], overrides: [] });
  const zone = timeZone(series.timeZone);
  for (const [original, line] of originals) {
    if (occurrenceAt(compiled, zone.toInstant(original)) !== null) continue;
    const reason = `The series has no occurrence at the RECURRENCE-ID ${formatCivilTime(original)}.`;
    throw new ICalendarError('occurrence_not_found', reason, line, 'RECURRENCE-ID');
  }
}
