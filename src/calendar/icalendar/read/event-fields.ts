import { CalendarError } from '../../calendar-error.js';
import type { RecurrenceRule } from '../../recurrence/rule/recurrence-rule.js';
import { LAST_CIVIL_TIME } from '../../recurrence/rule/rule-starts.js';
import { civilLength } from '../../time/length.js';
import { writtenDuration } from '../content/duration-value.js';
import type { ParsedLine } from '../content/parsed-line.js';
import { FORMS } from '../fields/property-groups.js';
import { ruleOfValue } from '../fields/rule-fields.js';
import { type TimeFields, timeFields } from '../fields/time-fields.js';
import type { ObjectProblemCode } from '../model/icalendar-codes.js';
import { ICalendarError } from '../model/icalendar-error.js';
import type { ICalendarEvent, ICalendarTimes } from '../model/icalendar-event.js';
import type { ReadingNotes } from '../model/reading-notes.js';
import type { VEvent } from './vevent.js';

/** What readers of one object share. */
export interface ReadingContext {
  /** The zone of dates and of floating times. */
  readonly timeZone: string;
  readonly notes: ReadingNotes;
}

const NONE: readonly ParsedLine[] = [];

/**
 * The fields of a VEVENT but those of its times.
 * @example plainFields(vevent).title
 */
export function plainFields({
  groups,
}: VEvent): Omit<ICalendarEvent, keyof ICalendarTimes | 'overrides' | 'kept'> {
  const { status, showAs } = FORMS.availability.read(groups.availability ?? NONE);
  const { organizer, attendees } = FORMS.people.read(groups.people ?? NONE);
  return {
    uid: FORMS.uid.read(groups.uid ?? NONE).uid,
    title: FORMS.title.read(groups.title ?? NONE).title,
    description: FORMS.description.read(groups.description ?? NONE).description,
    location: FORMS.location.read(groups.location ?? NONE).location,
    status,
    showAs,
    visibility: FORMS.visibility.read(groups.visibility ?? NONE).visibility,
    url: FORMS.url.read(groups.url ?? NONE).url,
    color: FORMS.color.read(groups.color ?? NONE).color,
    categories: FORMS.categories.read(groups.categories ?? NONE).categories,
    conference: FORMS.conference.read(groups.conference ?? NONE).conference,
    organizer,
    attendees,
    revision: FORMS.revision.read(groups.revision ?? NONE).revision,
  };
}

/**
 * The times of a VEVENT. An end that is wrong is noted, and the event then has the length of one without an end.
 * @throws {ICalendarError} `invalid_duration`
 * @example checkedTime(vevent, { timeZone: 'Europe/Berlin', notes }).length
 */
export function checkedTime({ groups, line }: VEvent, { timeZone, notes }: ReadingContext): TimeFields {
  const lines = groups.time ?? NONE;
  const time = timeFields(lines, timeZone);
  const end = lines.find(({ name }) => name === 'DTEND') ?? lines.find(({ name }) => name === 'DURATION');
  const at = end?.line ?? line;
  const duration = lines.find(({ name }) => name === 'DURATION');
  if (duration !== undefined && writtenDuration(duration.value) === null) {
    const reason = 'DURATION is no length such as PT1H.';
    throw new ICalendarError('invalid_duration', reason, duration.line, 'DURATION');
  }
  if (time.start + civilLength(time.length) > LAST_CIVIL_TIME)
    throw new ICalendarError('invalid_duration', 'The event ends after the year 2999.', at, end?.name);
  if (time.fault === 'end_equals_start')
    notes.warn(time.fault, 'The end is the start: the event takes one day.', at);
  if (time.fault === 'end_before_start') {
    const size = time.allDay ? 'one day' : 'no time';
    notes.warn(time.fault, `The end is before the start: the event takes ${size}.`, at);
  }
  return time;
}

/**
 * The rule of a VEVENT; null if it has none.
 * @throws {ICalendarError} with the code of the core, and the part of the rule
 * @example ruleOf(vevent, time)?.frequency
 */
export function ruleOf({ groups }: VEvent, time: TimeFields): RecurrenceRule | null {
  const [line] = groups.rule ?? NONE;
  return line === undefined ? null : atLine(line, () => ruleOfValue(line.value, time));
}

/**
 * Runs a function of the core, whose errors get the line of a property.
 * @throws {ICalendarError} for each `CalendarError`
 * @example atLine(rule, () => parseRecurrenceRule(rule.value))
 */
export function atLine<Result>(property: Pick<ParsedLine, 'line' | 'name'>, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CalendarError) || error instanceof ICalendarError) throw error;
    // The rules and the series of the core have no other codes.
    const code = error.code as ObjectProblemCode;
    throw new ICalendarError(code, error.detail, property.line, error.part ?? property.name);
  }
}
