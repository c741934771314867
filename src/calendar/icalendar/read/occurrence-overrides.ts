import { compileSeries } from '../../recurrence/series/event-series.js';
import { occurrenceAt } from '../../recurrence/series/recurrence-set.js';
import { type CivilTime, DAY } from '../../time/civil-time.js';
import { isSameLength } from '../../time/length.js';
import { timeZone } from '../../time/time-zone.js';
import { writtenTimes } from '../content/time-values.js';
import { REVISION } from '../fields/availability-fields.js';
import { type DatedSeries, startIn } from '../fields/date-fields.js';
import { PEOPLE } from '../fields/people-fields.js';
import { areSameLines } from '../fields/same-lines.js';
import type { ICalendarEvent, ICalendarFields, ICalendarOverride } from '../model/icalendar-event.js';
import { occurrenceTime, overrideLines } from '../write/override-groups.js';
import { checkedTime, plainFields, type ReadingContext } from './event-fields.js';
import { withinKeptLength } from './kept-length.js';
import { keptOfOccurrence } from './kept-of.js';
import { lineOfTime, type VEvent } from './vevent.js';

/**
 * The start that a series gives the occurrence of RECURRENCE-ID. An instant after a gap of the clocks names an occurrence
 * whose civil time is in the gap, too.
 * @param rdates all RDATEs of the series
 * @example namedStart(vevent, series)
 */
export function namedStart(
  { recurrenceId }: VEvent,
  series: DatedSeries,
  rdates: () => readonly CivilTime[] = () => series.rdates,
): CivilTime {
  if (recurrenceId === null) return series.start;
  const civil = startIn(series, writtenTimes(recurrenceId)[0]);
  if (series.allDay) return civil;
  const zone = timeZone(series.timeZone);
  const instant = zone.toInstant(civil);
  const gap = instant + zone.offsetAt(instant - LONGEST_GAP) - civil;
  if (gap >= 0 || zone.toInstant(civil + gap) !== instant) return civil;
  const compiled = compileSeries({ ...series, rdates: rdates(), exdates: [], overrides: [] });
  return occurrenceAt(compiled, instant)?.originalCivilStart ?? civil;
}

/** Clocks skip at most a day. Farther from a change no civil time is in its gap. */
const LONGEST_GAP = DAY;

/**
 * The override of a VEVENT that changes an occurrence of a series.
 * @example occurrenceOverride(vevent, originalStart, series, context)
 */
export function occurrenceOverride(
  vevent: VEvent,
  originalStart: CivilTime,
  series: ICalendarEvent,
  context: ReadingContext,
): ICalendarOverride {
  const time = checkedTime(vevent, context);
  const { start, length } = occurrenceTime(time, series);
  if (time.allDay !== series.allDay) {
    const detail = series.allDay
      ? 'The occurrence of an all-day series has times here; it takes the whole days.'
      : 'The occurrence of a series of times is all-day here; it takes the time of the days.';
    context.notes.warn('occurrence_of_other_form', detail, lineOfTime(vevent, 'DTSTART'));
  }
  const fields = plainFields(vevent);
  const override: ICalendarOverride = {
    originalStart,
    cancelled: fields.status === 'cancelled',
    ...(start !== originalStart && { start }),
    ...(!isSameLength(length, series.length) && { length }),
    ...changedFields(fields, series),
    ...(!hasSamePeople(fields, series) && { attendees: fields.attendees }),
    ...(!hasSameRevision(fields, series) && { revision: fields.revision }),
    kept: null,
  };
  const kept = keptOfOccurrence(vevent, overrideLines(series, override), series.kept);
  if (kept === null) return override;
  const isElsewhere = time.floats && context.timeZone !== series.timeZone;
  const all = isElsewhere ? { ...kept, floatingIn: context.timeZone } : kept;
  return { ...override, kept: withinKeptLength(all, context.notes, vevent) };
}

const CHANGEABLE = ['title', 'description', 'location', 'showAs'] as const;

function changedFields(fields: ICalendarFields, series: ICalendarFields): Partial<ICalendarFields> {
  return Object.fromEntries(
    CHANGEABLE.filter((name) => fields[name] !== series[name]).map((name) => [name, fields[name]]),
  );
}

type People = Pick<ICalendarEvent, 'organizer' | 'attendees'>;

function hasSamePeople({ attendees }: People, series: People): boolean {
  const [own, other] = [attendees, series.attendees].map((all) =>
    PEOPLE.write({ organizer: null, attendees: all }),
  );
  return areSameLines(own, other);
}

function hasSameRevision(
  fields: Pick<ICalendarEvent, 'revision'>,
  series: Pick<ICalendarEvent, 'revision'>,
): boolean {
  return areSameLines(REVISION.write(fields), REVISION.write(series));
}
