import type { RecurrenceRule } from '../../calendar/recurrence/rule/recurrence-rule.js';
import { withCivilUntil } from '../../calendar/recurrence/rule/until.js';
import type { Override, SeriesDefinition } from '../../calendar/recurrence/series/event-series.js';
import type { WrittenRule } from '../../calendar/recurrence/written-rule.js';
import { type CivilTime, parseCivilTime } from '../../calendar/time/civil-time.js';
import type { Length } from '../../calendar/time/length.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { civilTimeFrom, civilTimesFrom, originalStartFrom, type SecondPasses } from './second-passes.js';

/**
 * When an overridden occurrence takes place. Civil times are ISO 8601 text in the zone of the series; null: the value
 * of the series holds.
 */
export interface OverrideTimesRecord {
  /** The civil start that the series gives the occurrence: the key of the override. */
  readonly originalStart: string;
  readonly cancelled: boolean;
  readonly start: string | null;
  /** In the unit of the series. */
  readonly length: Length | null;
}

/** A series without its overrides. Civil times are ISO 8601 text in `timeZone`. */
export interface SeriesDefinitionRecord {
  readonly allDay: boolean;
  /** Whether the days are those of each reader, in the reader's own zone. Only an all-day event floats. */
  readonly floating: boolean;
  readonly timeZone: string;
  readonly start: string;
  readonly length: Length;
  /** RRULE (RFC 5545 §3.3.10) as it is stored; null: no rule repeats the event. */
  readonly rule: WrittenRule | null;
  readonly rdates: string[];
  readonly exdates: string[];
  readonly secondPasses: SecondPasses | null;
}

/** The fields of a series that hold its civil times. */
export type SeriesDatesRecord = Pick<
  SeriesDefinitionRecord,
  'allDay' | 'timeZone' | 'start' | 'rule' | 'rdates' | 'exdates' | 'secondPasses'
>;

export type SeriesDates = Pick<SeriesDefinition, 'start' | 'rule' | 'rdates' | 'exdates'>;

/**
 * The fields of a series that its expansion reads.
 * @typeParam O the fields of an override that the query has read
 */
export interface SeriesRecord<O extends OverrideTimesRecord = OverrideTimesRecord>
  extends SeriesDefinitionRecord {
  readonly id: number;
  readonly overrides: readonly O[];
}

/**
 * The same of any event. The time of an event that does not repeat is exactly `startAt` to `endAt`; that of floating days
 * is so in `timeZone` alone.
 */
export interface EventTimesRecord<O extends OverrideTimesRecord = OverrideTimesRecord>
  extends SeriesRecord<O> {
  readonly startAt: Date;
  /** Null: the series has no end. */
  readonly endAt: Date | null;
}

/** An override of the core, with its record. */
export interface SeriesOverride<O extends OverrideTimesRecord = OverrideTimesRecord> extends Override {
  readonly record: O;
}

/** Whether an event repeats, by a rule or by dates. */
export function repeats({
  rule,
  rdates,
}: {
  readonly rule: object | null;
  readonly rdates: readonly unknown[];
}): boolean {
  return rule !== null || rdates.length > 0;
}

/** The rule of an event, with UNTIL in civil time; null: no rule repeats the event. */
function ruleOf({ rule: written, start, timeZone: zone, allDay }: SeriesDatesRecord): RecurrenceRule | null {
  if (written === null) return null;
  const { rule } = written;
  // Earlier versions of the service stored UNTIL in UTC.
  return rule.until?.form === 'utc'
    ? withCivilUntil(rule, parseCivilTime(start), timeZone(zone), allDay)
    : rule;
}

/** The definition of a series for the core. */
export function seriesDefinition<O extends OverrideTimesRecord>(
  series: SeriesRecord<O>,
): SeriesDefinition<SeriesOverride<O>> {
  const { allDay, timeZone: zone, length } = series;
  const dates = seriesDates(series);
  return { allDay, timeZone: zone, length, ...dates, overrides: seriesOverrides(series, dates) };
}

/** The civil times of a series, with their passes. */
export function seriesDates(series: SeriesDatesRecord): SeriesDates {
  return {
    start: seriesStart(series),
    rule: ruleOf(series),
    rdates: civilTimesFrom(series.rdates, series.secondPasses?.rdates),
    exdates: civilTimesFrom(series.exdates, series.secondPasses?.exdates),
  };
}

/** The civil start of a series, with its pass. */
export function seriesStart({
  start,
  secondPasses,
}: Pick<SeriesDatesRecord, 'start' | 'secondPasses'>): CivilTime {
  return civilTimeFrom(start, secondPasses?.start ?? false);
}

/**
 * The civil original start of an occurrence from the key of its override, answer or reminder.
 * @param dates the dates of the series, if the caller has them
 */
export function originalStartOf(series: SeriesDatesRecord, key: string, dates?: SeriesDates): CivilTime {
  return series.secondPasses === null
    ? parseCivilTime(key)
    : originalStartFrom(key, dates ?? seriesDates(series));
}

function seriesOverrides<O extends OverrideTimesRecord>(
  series: SeriesRecord<O>,
  dates: SeriesDates,
): SeriesOverride<O>[] {
  return series.overrides.map((record) =>
    seriesOverride(
      record,
      originalStartOf(series, record.originalStart, dates),
      record.start === null
        ? null
        : civilTimeFrom(record.start, series.secondPasses?.moved.includes(record.originalStart) ?? false),
    ),
  );
}

/** An override for the core. */
export function seriesOverride<O extends OverrideTimesRecord>(
  record: O,
  originalStart: CivilTime,
  start: CivilTime | null,
): SeriesOverride<O> {
  const { cancelled, length } = record;
  return {
    record,
    originalStart,
    cancelled,
    ...(start !== null && { start }),
    ...(length !== null && { length }),
  };
}
