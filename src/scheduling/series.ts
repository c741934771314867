import { parseRecurrenceRule, type RecurrenceRule } from '../calendar/recurrence/rule/recurrence-rule.js';
import { withCivilUntil } from '../calendar/recurrence/rule/recurrence-until.js';
import type { OccurrenceOverride, SeriesDefinition } from '../calendar/recurrence/series/event-series.js';
import { type CivilTime, parseCivilTime } from '../calendar/time/civil-time.js';
import { lengthOfDuration } from '../calendar/time/length.js';
import { timeZone } from '../calendar/time/time-zone.js';
import { civilTimeFrom, civilTimesFrom, originalStartFrom, type SecondPasses } from './second-passes.js';

/** When an overridden occurrence is, as it is kept: civil times as text; null: as the series says. */
export interface OverrideTimesRow {
  readonly originalStart: string;
  readonly cancelled: boolean;
  readonly start: string | null;
  readonly duration: number | null;
  readonly showAs: 'busy' | 'free' | null;
}

/** An override as it is kept; null: as the series says. */
export interface OverrideRow extends OverrideTimesRow {
  readonly title: string | null;
  readonly description: string | null;
  readonly location: string | null;
}

/** What repeats and how, exceptions aside. */
export interface SeriesDefinitionRow {
  readonly allDay: boolean;
  readonly timeZone: string;
  readonly start: string;
  readonly duration: number;
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

/** What the expansion of a series needs of its row. */
export interface SeriesRow extends SeriesDefinitionRow {
  readonly id: number;
  readonly overrides: readonly OverrideRow[];
}

/** The same of any event: one that does not repeat is its span. */
export interface EventTimesRow extends SeriesRow {
  readonly startAt: Date;
  /** Null: endless. */
  readonly endAt: Date | null;
}

/** An override of the core that knows its row. */
export interface SeriesOverride extends OccurrenceOverride {
  readonly row: OverrideRow;
}

export function repeats(row: Pick<SeriesRow, 'rrule' | 'rdates'>): boolean {
  return row.rrule !== null || row.rdates.length > 0;
}

/** The rule of an event, with UNTIL in civil time; null if no rule repeats the event. */
export function ruleOf(
  row: Pick<SeriesDefinitionRow, 'allDay' | 'timeZone' | 'start' | 'rrule'>,
): RecurrenceRule | null {
  if (row.rrule === null) return null;
  const rule = parseRecurrenceRule(row.rrule);
  // Earlier versions stored UNTIL in UTC.
  return rule.until?.form === 'utc'
    ? withCivilUntil(rule, parseCivilTime(row.start), timeZone(row.timeZone), row.allDay)
    : rule;
}

/** The core's view of a series. */
export function seriesDefinition(row: SeriesRow): SeriesDefinition<SeriesOverride> {
  return {
    allDay: row.allDay,
    timeZone: row.timeZone,
    length: lengthOfDuration(row.duration, row.allDay),
    ...seriesDates(row),
    overrides: seriesOverrides(row),
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

/** The civil original start of an occurrence from the key of its override, answer or reminder. */
export function originalStartOf(row: SeriesDatesRow, key: string): CivilTime {
  return row.secondPasses === null ? parseCivilTime(key) : originalStartFrom(key, seriesDates(row));
}

function seriesOverrides(series: SeriesRow): SeriesOverride[] {
  return series.overrides.map((row) =>
    seriesOverride(
      row,
      originalStartOf(series, row.originalStart),
      row.start == null
        ? null
        : civilTimeFrom(row.start, series.secondPasses?.moved.includes(row.originalStart) ?? false),
      series.allDay,
    ),
  );
}

/** The core's view of an override. */
export function seriesOverride(
  row: OverrideRow,
  originalStart: CivilTime,
  start: CivilTime | null,
  allDay: boolean,
): SeriesOverride {
  return {
    row,
    originalStart,
    cancelled: row.cancelled,
    ...(start !== null && { start }),
    ...(row.duration != null && { length: lengthOfDuration(row.duration, allDay) }),
  };
}
