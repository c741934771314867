import type { RecurrenceRule } from '../../calendar/recurrence/rule/recurrence-rule.js';
import { parseRecurrenceRule } from '../../calendar/recurrence/rule/rule-text.js';
import { withCivilUntil } from '../../calendar/recurrence/rule/until.js';
import type { OccurrenceOverride, SeriesDefinition } from '../../calendar/recurrence/series/event-series.js';
import { type CivilTime, parseCivilTime } from '../../calendar/time/civil-time.js';
import { lengthOfDuration } from '../../calendar/time/length.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { civilTimeFrom, civilTimesFrom, originalStartFrom, type SecondPasses } from './second-passes.js';

/**
 * When an overridden occurrence takes place. Civil times are ISO 8601 text in the zone of the series; null: the value
 * of the series holds.
 */
export interface OverrideTimesRow {
  /** The civil start that the series gives the occurrence: the key of the override. */
  readonly originalStart: string;
  readonly cancelled: boolean;
  readonly start: string | null;
  /** In the unit of the series. */
  readonly duration: number | null;
}

/** A series without its overrides. Civil times are ISO 8601 text in `timeZone`. */
export interface SeriesDefinitionRow {
  readonly allDay: boolean;
  readonly timeZone: string;
  readonly start: string;
  /** Seconds; whole days if the event is all-day. */
  readonly duration: number;
  /** The value of RRULE (RFC 5545 §3.3.10); null: no rule repeats the event. */
  readonly rrule: string | null;
  readonly rdates: string[];
  readonly exdates: string[];
  readonly secondPasses: SecondPasses | null;
}

/** The columns of a series that hold its civil times. */
export type SeriesDatesRow = Pick<
  SeriesDefinitionRow,
  'allDay' | 'timeZone' | 'start' | 'rrule' | 'rdates' | 'exdates' | 'secondPasses'
>;

export type SeriesDates = Pick<SeriesDefinition, 'start' | 'rule' | 'rdates' | 'exdates'>;

/**
 * The columns of a series that its expansion reads.
 * @typeParam O the columns of an override that the query has read
 */
export interface SeriesRow<O extends OverrideTimesRow = OverrideTimesRow> extends SeriesDefinitionRow {
  readonly id: number;
  readonly overrides: readonly O[];
}

/** The same of any event. The time of an event that does not repeat is exactly `startAt` to `endAt`. */
export interface EventTimesRow<O extends OverrideTimesRow = OverrideTimesRow> extends SeriesRow<O> {
  readonly startAt: Date;
  /** Null: the series has no end. */
  readonly endAt: Date | null;
}

/** An override of the core, with its row. */
export interface SeriesOverride<O extends OverrideTimesRow = OverrideTimesRow> extends OccurrenceOverride {
  readonly row: O;
}

export function repeats(row: Pick<SeriesRow, 'rrule' | 'rdates'>): boolean {
  return row.rrule !== null || row.rdates.length > 0;
}

/** The rule of an event, with UNTIL in civil time; null: no rule repeats the event. */
export function ruleOf(
  row: Pick<SeriesDefinitionRow, 'allDay' | 'timeZone' | 'start' | 'rrule'>,
): RecurrenceRule | null {
  if (row.rrule === null) return null;
  const rule = parseRecurrenceRule(row.rrule);
  // Earlier versions of the service stored UNTIL in UTC.
  return rule.until?.form === 'utc'
    ? withCivilUntil(rule, parseCivilTime(row.start), timeZone(row.timeZone), row.allDay)
    : rule;
}

/** The definition of a series for the core. */
export function seriesDefinition<O extends OverrideTimesRow>(
  row: SeriesRow<O>,
): SeriesDefinition<SeriesOverride<O>> {
  const dates = seriesDates(row);
  return {
    allDay: row.allDay,
    timeZone: row.timeZone,
    length: lengthOfDuration(row.duration, row.allDay),
    ...dates,
    overrides: seriesOverrides(row, dates),
  };
}

/** The civil times of a series, with their passes. */
export function seriesDates(row: SeriesDatesRow): SeriesDates {
  return {
    start: seriesStart(row),
    rule: ruleOf(row),
    rdates: civilTimesFrom(row.rdates, row.secondPasses?.rdates),
    exdates: civilTimesFrom(row.exdates, row.secondPasses?.exdates),
  };
}

/** The civil start of a series, with its pass. */
export function seriesStart({
  start,
  secondPasses,
}: Pick<SeriesDatesRow, 'start' | 'secondPasses'>): CivilTime {
  return civilTimeFrom(start, secondPasses?.start ?? false);
}

/**
 * The civil original start of an occurrence from the key of its override, answer or reminder.
 * @param dates the dates of the series, if the caller has them: to read them parses the rule
 */
export function originalStartOf(row: SeriesDatesRow, key: string, dates?: SeriesDates): CivilTime {
  return row.secondPasses === null ? parseCivilTime(key) : originalStartFrom(key, dates ?? seriesDates(row));
}

function seriesOverrides<O extends OverrideTimesRow>(
  series: SeriesRow<O>,
  dates: SeriesDates,
): SeriesOverride<O>[] {
  return series.overrides.map((row) =>
    seriesOverride(
      row,
      originalStartOf(series, row.originalStart, dates),
      row.start == null
        ? null
        : civilTimeFrom(row.start, series.secondPasses?.moved.includes(row.originalStart) ?? false),
      series.allDay,
    ),
  );
}

/** An override for the core. */
export function seriesOverride<O extends OverrideTimesRow>(
  row: O,
  originalStart: CivilTime,
  start: CivilTime | null,
  allDay: boolean,
): SeriesOverride<O> {
  return {
    row,
    originalStart,
    cancelled: row.cancelled,
    ...(start !== null && { start }),
    ...(row.duration != null && { length: lengthOfDuration(row.duration, allDay) }),
  };
}
