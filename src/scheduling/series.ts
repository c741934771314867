import { DAY, parseCivilTime, SECOND } from '../calendar/civil-time.js';
import type { OccurrenceOverride, SeriesDefinition } from '../calendar/event-series.js';
import { parseRecurrenceRule, type RecurrenceRule } from '../calendar/recurrence-rule.js';
import { withCivilUntil } from '../calendar/recurrence-until.js';
import { timeZone } from '../calendar/time-zone.js';

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
}

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
    start: parseCivilTime(row.start),
    duration: row.duration * (row.allDay ? DAY : SECOND),
    rule: ruleOf(row),
    rdates: row.rdates.map(parseCivilTime),
    exdates: row.exdates.map(parseCivilTime),
    overrides: seriesOverrides(row.overrides, row.allDay),
  };
}

/** The core's view of overrides. */
export function seriesOverrides(rows: readonly OverrideRow[], allDay: boolean): SeriesOverride[] {
  const unit = allDay ? DAY : SECOND;
  return rows.map((row) => ({
    row,
    originalStart: parseCivilTime(row.originalStart),
    cancelled: row.cancelled,
    ...(row.start != null && { start: parseCivilTime(row.start) }),
    ...(row.duration != null && { duration: row.duration * unit }),
  }));
}
