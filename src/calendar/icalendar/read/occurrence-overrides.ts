import type { CivilTime } from '../../time/civil-time.js';
import { isSameLength } from '../../time/length.js';
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
import type { VEvent } from './vevent.js';

/**
 * The start that a series gives the occurrence of RECURRENCE-ID.
 * @example namedStart(vevent, series)
 */
export function namedStart(
  { recurrenceId }: VEvent,
  series: Pick<DatedSeries, 'allDay' | 'timeZone' | 'start'>,
): CivilTime {
  if (recurrenceId === null) return series.start;
  return startIn(series, writtenTimes(recurrenceId)[0]);
}

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
    context.notes.warn('occurrence_of_other_form', detail, vevent.line);
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
