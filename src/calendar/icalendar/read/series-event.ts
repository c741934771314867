import { compileSeries } from '../../recurrence/series/event-series.js';
import { firstOccurrence } from '../../recurrence/series/recurrence-set.js';
import type { CivilTime } from '../../time/civil-time.js';
import type { ParsedLine } from '../content/parsed-line.js';
import { writtenTimes } from '../content/time-values.js';
import { type DateFields, dateFields } from '../fields/date-fields.js';
import { ruledStart } from '../fields/first-start.js';
import { seriesLengthOf, startOfOne } from '../fields/time-fields.js';
import { ICalendarError } from '../model/icalendar-error.js';
import type { ICalendarEvent, ICalendarOverride } from '../model/icalendar-event.js';
import { type KeptContent, PROPERTY_GROUPS, type PropertyGroup } from '../model/kept-content.js';
import { seriesLines } from '../write/event-groups.js';
import { atLine, checkedTime, plainFields, type ReadingContext, ruleOf } from './event-fields.js';
import { withinKeptLength } from './kept-length.js';
import { keptOf } from './kept-of.js';
import { namedStart, occurrenceOverride } from './occurrence-overrides.js';
import type { VEvent } from './vevent.js';

/**
 * The event of a VEVENT, and of the VEVENTs that change occurrences of it, one of each occurrence.
 * @throws {ICalendarError} naming the line and the property
 * @example seriesEvent(master, [], { timeZone: 'Europe/Berlin', notes })
 */
export function seriesEvent(
  master: VEvent,
  changed: readonly VEvent[],
  context: ReadingContext,
): ICalendarEvent {
  const time = checkedTime(master, context);
  const { allDay, timeZone } = time;
  const { start, rule, before } = ruledStart({ start: time.start, rule: ruleOf(master, time) }, time);
  const rdates = before === null ? [] : [before];
  const added = master.groups.dates === undefined ? rdates : [start];
  const series = {
    allDay,
    timeZone,
    length: seriesLengthOf(time, { rule, rdates: added }),
    start,
    rule,
    rdates,
  };
  const originals = changed.map((vevent) =>
    namedStart(vevent, series, () => datesOf(master, series, NO_DATES).rdates),
  );
  const dates = datesOf(master, series, new Set(originals));
  const repeats = rule !== null || dates.rdates.length > 0 || originals.length > 0;
  const periods = periodOverrides(dates, originals);
  // Assignments, because copies of objects of so many fields take most of the time of reading a file.
  const event: Mutable<ICalendarEvent> = Object.assign(plainFields(master), {
    allDay,
    floating: time.floating,
    timeZone,
    endTimeZone: time.endTimeZone,
    start: repeats ? start : startOfOne(time),
    length: seriesLengthOf(time, { rule, rdates: dates.rdates }),
    rule,
    rdates: dates.rdates,
    exdates: dates.exdates,
    // The original starts decide which EXDATEs have an effect.
    overrides: originals.length === 0 ? periods : [...periods, ...originals.map(unchanged)],
    kept: time.floats ? { floatingIn: context.timeZone } : null,
  });
  const kept = keptOf(master, seriesLines(event).groups, keepable(master));
  const all = event.kept === null ? kept : { ...event.kept, ...kept };
  event.kept = isEmpty(all) ? null : withinKeptLength(all, context.notes, master);
  if (changed.length > 0) {
    const overrides = changed.map((vevent, index) =>
      occurrenceOverride(vevent, originals[index], event, context),
    );
    event.overrides = [...periods, ...overrides].toSorted((a, b) => a.originalStart - b.originalStart);
  }
  checkOccurs(event, master);
  return event;
}

const NO_DATES: ReadonlySet<CivilTime> = new Set();

type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

const WITHOUT_DATES = PROPERTY_GROUPS.filter((group) => group !== 'dates');

/**
 * The groups of a VEVENT that may be kept. RDATEs and EXDATEs that are not in the form of DTSTART are written in its form,
 * since programs such as Google ignore others.
 */
function keepable({ groups: { dates = [], time = [] } }: VEvent): readonly PropertyGroup[] {
  const start = time.find(({ name }) => name === 'DTSTART');
  const haveForm = start === undefined || dates.every((line) => formOf(line) === formOf(start));
  return haveForm ? PROPERTY_GROUPS : WITHOUT_DATES;
}

/** The zone of a property, or its form without a zone. */
function formOf(line: ParsedLine): string {
  const [{ form, zone }] = writtenTimes({ ...line, value: line.value.split(/[,/]/)[0] });
  return zone ?? form;
}

function datesOf(
  { groups, line }: VEvent,
  series: Parameters<typeof dateFields>[1],
  originals: ReadonlySet<CivilTime>,
): DateFields {
  const lines = groups.dates ?? [];
  return atLine(lines[0] ?? { line, name: 'DTSTART' }, () => dateFields(lines, series, originals));
}

function periodOverrides({ periods }: DateFields, originals: readonly CivilTime[]): ICalendarOverride[] {
  return [...periods]
    .filter(([start]) => !originals.includes(start))
    .map(([originalStart, length]) => ({ originalStart, cancelled: false, length, kept: null }));
}

function unchanged(originalStart: CivilTime): ICalendarOverride {
  return { originalStart, cancelled: false, kept: null };
}

/** Refuses a series of which EXDATE removes every occurrence. */
function checkOccurs(event: ICalendarEvent, { groups, line }: VEvent): void {
  if (event.exdates.length === 0 || event.overrides.length > 0) return;
  if (firstOccurrence(compileSeries(event)) !== null) return;
  const at = groups.dates?.find(({ name }) => name === 'EXDATE')?.line ?? line;
  throw new ICalendarError('no_occurrence', 'The EXDATEs leave no occurrence.', at, 'EXDATE');
}

function isEmpty(kept: KeptContent): boolean {
  return Object.keys(kept).length === 0;
}
