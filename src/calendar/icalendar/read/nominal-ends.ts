import { compileSeries } from '../../recurrence/series/event-series.js';
import { occurrencesIn } from '../../recurrence/series/recurrence-set.js';
import { DAY } from '../../time/civil-time.js';
import { timeZone } from '../../time/time-zone.js';
import type { WrittenDuration } from '../content/duration-value.js';
import { secondsFrom, seriesLengthOf, timeFields } from '../fields/time-fields.js';
import type { ICalendarEvent, ICalendarOverride } from '../model/icalendar-event.js';
import { MAX_NOMINAL_ENDS } from '../model/icalendar-limits.js';
import type { ReadingNotes } from '../model/reading-notes.js';

/** After so many years each date has been on each weekday, and on each side of the changes of the clocks. */
const YEARS = 28 * 366 * DAY;

/** The occurrences around the changes of the clocks that are looked at. */
const MOST_EXAMINED = 1_000;

/**
 * An event whose DURATION has days, so that each occurrence ends at the time of day that the DURATION means (RFC 5545
 * §3.3.6). The length of a series counts 24 hours a day. An occurrence of another length, over a change of the clocks, gets
 * an override of its length. The reader notes a series that has more of them than `MAX_NOMINAL_ENDS`.
 * @param line of the VEVENT
 * @example withNominalEnds(event, 7, notes).overrides
 */
export function withNominalEnds(event: ICalendarEvent, line: number, notes: ReadingNotes): ICalendarEvent {
  const lines = event.kept?.groups?.time;
  const time = lines && timeFields(lines, event.timeZone);
  if (time === undefined || time.nominal === null) return event;
  const length = seriesLengthOf(time, event);
  if (event.rule === null && event.rdates.length === 0) return { ...event, length };
  const { ends, isComplete } = nominalEnds({ ...event, length }, time.nominal);
  if (!isComplete) notes.warn('nominal_duration', TOO_MANY, line);
  const overrides = [...event.overrides, ...ends].toSorted((a, b) => a.originalStart - b.originalStart);
  return { ...event, length, overrides };
}

const TOO_MANY =
  'DURATION has days. Of the occurrences over a change of the clocks, the later ones end after days of 24 hours.';

/** The overrides of occurrences that are not as long as their series, and whether they are all. */
function nominalEnds(
  event: ICalendarEvent,
  nominal: WrittenDuration,
): { readonly ends: readonly ICalendarOverride[]; readonly isComplete: boolean } {
  const zone = timeZone(event.timeZone);
  const series = compileSeries({ ...event, overrides: [] });
  const seen = new Set(event.overrides.map(({ originalStart }) => originalStart));
  const ends: ICalendarOverride[] = [];
  const civils = [event.start, ...event.rdates];
  const first = zone.toInstant(Math.min(...civils)) - DAY;
  const last = zone.toInstant(Math.max(...civils)) + YEARS;
  let examined = 0;
  for (let at = zone.nextTransition(first, last); at !== null; at = zone.nextTransition(at, last)) {
    // A time in a gap, and one before a change, may end on the other side of the change.
    for (const { originalCivilStart: start } of occurrencesIn(series, { start: at - DAY, end: at + DAY })) {
      examined += 1;
      if (examined > MOST_EXAMINED) return { ends, isComplete: false };
      const seconds = secondsFrom(start, zone, nominal);
      if (seen.has(start) || seconds === event.length.seconds) continue;
      if (ends.length === MAX_NOMINAL_ENDS) return { ends, isComplete: false };
      seen.add(start);
      ends.push({ originalStart: start, cancelled: false, length: { seconds }, kept: null });
    }
  }
  const [later] = ends.length === 0 ? [] : occurrencesIn(series, { start: last, end: Infinity });
  return { ends, isComplete: later === undefined };
}
