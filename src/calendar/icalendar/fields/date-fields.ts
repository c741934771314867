import {
  compileSeries,
  type EventSeries,
  type SeriesDefinition,
} from '../../recurrence/series/event-series.js';
import { occurrenceAt, occurrencesIn } from '../../recurrence/series/recurrence-set.js';
import { type CivilTime, DAY, type Instant, SECOND, timeOfDay, wallClock } from '../../time/civil-time.js';
import { isSameLength, type Length } from '../../time/length.js';
import { type TimeZone, timeZone } from '../../time/time-zone.js';
import { writtenDuration } from '../content/duration-value.js';
import {
  civilIn,
  dateOf,
  parameterOf,
  type SeriesForm,
  timeLine,
  type WrittenTime,
  writtenTime,
  writtenTimes,
} from '../content/time-values.js';
import type { ContentLine } from '../model/content-line.js';

/** RDATEs and EXDATEs of a series. */
export interface DateFields {
  /** In order, each once, without the start of the series. */
  readonly rdates: readonly CivilTime[];
  /** In order, each once; each names an occurrence that no override changes. */
  readonly exdates: readonly CivilTime[];
  /** The RDATEs with a length of their own, as VALUE=PERIOD gives it. */
  readonly periods: ReadonlyMap<CivilTime, Length>;
}

/** The series to which RDATEs and EXDATEs belong. `rdates` has the start before the rule, if there is one. */
export type DatedSeries = Omit<SeriesDefinition, 'exdates' | 'overrides'>;

/**
 * The dates of RDATE and EXDATE in the zone of a series (RFC 5545 §3.8.5.1, §3.8.5.2). In a series of times, an RDATE that
 * is a date has the time of day of the series, and an EXDATE that is a date names all occurrences of the day. In an all-day
 * series, a time means its date. An EXDATE that names no occurrence, or one that an override changes, has no effect. An
 * override of no occurrence adds the occurrence.
 * @param lines normalised
 * @param overridden the original starts of the overrides
 * @example dateFields([exdate], series, new Set()).exdates
 */
export function dateFields(
  lines: readonly ContentLine[],
  series: DatedSeries,
  overridden: ReadonlySet<CivilTime>,
): DateFields {
  if (lines.length === 0 && overridden.size === 0)
    return { rdates: series.rdates, exdates: [], periods: new Map() };
  const added = new Set<CivilTime>();
  const periods = new Map<CivilTime, Length>();
  for (const line of lines) if (line.name === 'RDATE') addRdates(line, series, added, periods);
  for (const civil of [series.start, ...series.rdates]) added.delete(civil);
  const dates = [...series.rdates, ...added];
  const exdateLines = lines.filter(({ name }) => name === 'EXDATE');
  if (exdateLines.length === 0 && overridden.size === 0)
    return { rdates: ascending(dates), exdates: [], periods };
  const compiled = compileSeries({ ...series, rdates: dates, exdates: [], overrides: [] });
  const removed = exdateLines.flatMap((line) =>
    writtenTimes(line).flatMap((time) => exdatesOf(time, compiled)),
  );
  const exdates = ascending([...new Set(removed)]).filter((civil) => !overridden.has(civil));
  for (const civil of exdates) periods.delete(civil);
  const strays = [...overridden].filter(
    (civil) => occurrenceAt(compiled, compiled.zone.toInstant(civil)) === null,
  );
  return { rdates: ascending([...dates, ...strays]), exdates, periods };
}

function addRdates(
  line: ContentLine,
  series: DatedSeries,
  added: Set<CivilTime>,
  periods: Map<CivilTime, Length>,
): void {
  const zone = parameterOf(line, 'TZID') ?? null;
  for (const value of line.value.split(',')) {
    const [start, end] = value.split('/');
    const civil = startIn(series, writtenTime(start, zone));
    added.add(civil);
    const length = end === undefined ? null : lengthOf(writtenTime(start, zone), end, series);
    if (length !== null && !isSameLength(length, series.length)) periods.set(civil, length);
  }
}

/**
 * The start of a series that a date or a time means: a date in a series of times has the time of day of the series, and a
 * time in an all-day series means its date.
 * @example startIn(series, writtenTime('20260101', null))
 */
export function startIn(
  { allDay, timeZone: zone, start }: Pick<DatedSeries, 'allDay' | 'timeZone' | 'start'>,
  time: WrittenTime,
): CivilTime {
  if (allDay) return dateOf(time.civil);
  if (time.form === 'date') return time.civil + timeOfDay(wallClock(start));
  return civilIn(time, zone, zone);
}

/** The length of a period; null if the period has none that an event may have. */
function lengthOf(start: WrittenTime, end: string, { timeZone: zone, allDay }: DatedSeries): Length | null {
  const own = timeZone(start.zone ?? zone);
  const duration = writtenDuration(end);
  const endAt =
    duration === null
      ? instantOfEnd(writtenTime(end, start.zone), own)
      : own.toInstant(start.civil + duration.days * DAY) + duration.seconds * SECOND;
  const seconds = (endAt - own.toInstant(start.civil)) / SECOND;
  if (seconds <= 0) return null;
  return allDay ? { days: Math.ceil((seconds * SECOND) / DAY) } : { seconds };
}

function instantOfEnd({ form, civil }: WrittenTime, zone: TimeZone): Instant {
  // The civil time of UTC is the instant.
  return form === 'utc' ? civil : zone.toInstant(civil);
}

function exdatesOf(time: WrittenTime, series: EventSeries): CivilTime[] {
  const { allDay, timeZone: zone } = series.definition;
  if (time.form === 'date' && !allDay) {
    const [start, end] = [time.civil, time.civil + DAY].map((civil) => series.zone.toInstant(civil));
    const ofDay = [...occurrencesIn(series, { start, end }, { startsFrom: start })];
    return ofDay.map(({ originalCivilStart }) => originalCivilStart);
  }
  const civil = allDay ? dateOf(time.civil) : civilIn(time, zone, zone);
  const found = occurrenceAt(series, series.zone.toInstant(civil));
  return found === null ? [] : [found.originalCivilStart];
}

/**
 * RDATEs and EXDATEs without the EXDATEs of some occurrences. Programs differ in whether an EXDATE or a changed occurrence
 * counts if a file has both.
 * @param originals the original starts of the occurrences
 * @example withoutExdatesOf([exdate], series, []) // [exdate]
 */
export function withoutExdatesOf(
  lines: readonly ContentLine[],
  series: Pick<DatedSeries, 'allDay' | 'timeZone' | 'start'>,
  originals: readonly CivilTime[],
): readonly ContentLine[] {
  if (originals.length === 0 || lines.every(({ name }) => name !== 'EXDATE')) return lines;
  const zone = timeZone(series.timeZone);
  const named = new Set(originals.map((civil) => zone.toInstant(civil)));
  return lines.flatMap((line) => {
    if (line.name !== 'EXDATE') return [line];
    const times = writtenTimes(line);
    const values = line.value
      .split(',')
      .filter((_, index) => !named.has(zone.toInstant(startIn(series, times[index]))));
    if (values.length === times.length) return [line];
    return values.length === 0 ? [] : [{ ...line, value: values.join() }];
  });
}

function ascending(dates: readonly CivilTime[]): CivilTime[] {
  return dates.toSorted((a, b) => a - b);
}

/**
 * RDATE and EXDATE, one property each, in the form of DTSTART (programs ignore others).
 * @param form the form of DTSTART
 * @example dateLines({ rdates: [], exdates: [civil] }, form)[0].name // 'EXDATE'
 */
export function dateLines(
  { rdates, exdates }: Pick<DateFields, 'rdates' | 'exdates'>,
  form: SeriesForm,
): ContentLine[] {
  return [
    ...rdates.map((civil) => timeLine('RDATE', civil, form)),
    ...exdates.map((civil) => timeLine('EXDATE', civil, form)),
  ];
}
