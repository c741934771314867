import { WrittenRule } from '../../calendar/recurrence/written-rule.js';
import { durationOfLength, type Length, lengthOfDuration } from '../../calendar/time/length.js';
import { timesOfDays } from '../../scheduling/occurrences/floating-days.js';
import {
  type EventTimesRecord,
  repeats,
  type SeriesDefinitionRecord,
} from '../../scheduling/occurrences/series-record.js';
import type { EventFields, OverrideRecord } from '../model/event-record.js';

/** A row of a series with the columns `duration` and `rrule` in place of the length and the parsed rule. */
export type SeriesRow<Fields> = Omit<Fields, 'length' | 'rule'> & {
  /** Days of an all-day event, seconds of any other; one for a length of zero. */
  readonly duration: number;
  /** Whether the length is zero. Without effect if `duration` is not one: an earlier version has changed it since. */
  readonly zeroLength: boolean;
  /** The value of RRULE; null: no rule repeats the event. */
  readonly rule: string | null;
};

/** A row of an override with the column `duration` in place of the length. */
export type OverrideRow<Fields> = Omit<Fields, 'length'> & {
  /** In the unit of the series; null: the length of the series holds. */
  readonly duration: number | null;
  readonly zeroLength: boolean;
};

/** What decides how the stored dates of an event are read. */
interface DatesRow extends AllDay {
  readonly floating: boolean;
  readonly start: string;
  readonly rdates: string[];
}

interface AllDay {
  readonly allDay: boolean;
}

/** SQL of a column `duration` as an interval. */
export function durationInSql(duration: string, allDay: string): string {
  return `${duration} * CASE WHEN ${allDay} THEN interval '1 day' ELSE interval '1 second' END`;
}

/**
 * The record of a row of a series. The record is the row itself, with its other columns: to copy thousands of rows takes
 * longer than to parse them.
 */
export function seriesFrom<Row extends DatesRow & SeriesRow<object>>(
  row: Row,
): Omit<Row, 'duration' | 'rule'> & { readonly length: Length; readonly rule: WrittenRule | null } {
  return Object.assign<Omit<Row, 'duration' | 'rule'>, Pick<EventFields, 'length' | 'rule' | 'rdates'>>(row, {
    length: lengthFrom(row.duration, row),
    rule: row.rule === null ? null : new WrittenRule(row.rule),
    rdates: rdatesFrom(row),
  });
}

/** The record of a row of an override in a series. The record is the row itself, with its other columns. */
export function overrideFrom<Row extends OverrideRow<object>>(
  row: Row,
  { allDay }: AllDay,
): Omit<Row, 'duration'> & { readonly length: Length | null } {
  return Object.assign<Omit<Row, 'duration'>, Pick<OverrideRecord, 'length'>>(row, {
    length: row.duration === null ? null : lengthFrom(row.duration, { allDay, zeroLength: row.zeroLength }),
  });
}

/**
 * The RDATEs of a row. Floating days that do not repeat have the start twice, or once if an instance of an earlier version
 * has moved them; a floating series whose only date is its start has it three times.
 */
function rdatesFrom({ floating, start, rule, rdates }: DatesRow & Pick<SeriesRow<object>, 'rule'>): string[] {
  if (!floating || rule !== null || rdates.some((date) => date !== start)) return rdates;
  return rdates.length < 3 ? [] : [start];
}

/** When an event takes place, from the ends of its span. The span of floating days is wider than they are. */
export function eventTimesFrom(
  { startAt, endAt }: { readonly startAt: string; readonly endAt: string | null },
  event: SeriesDefinitionRecord,
): Pick<EventTimesRecord, 'startAt' | 'endAt'> {
  if (event.floating && !repeats(event)) return timesOfDays(event);
  return { startAt: new Date(startAt), endAt: endAt === null ? null : new Date(endAt) };
}

function lengthFrom(
  duration: number,
  { allDay, zeroLength }: AllDay & Pick<SeriesRow<object>, 'zeroLength'>,
): Length {
  return lengthOfDuration(zeroLength && duration === 1 && !allDay ? 0 : duration, allDay);
}

function durationColumns(length: Length): Pick<SeriesRow<object>, 'duration' | 'zeroLength'> {
  const duration = durationOfLength(length);
  return duration === 0 ? { duration: 1, zeroLength: true } : { duration, zeroLength: false };
}

/** The columns of the fields of an event that a writer names: the inverse of `seriesFrom`. */
export function columnsOf({
  length,
  rule,
  ...fields
}: Partial<EventFields>): Partial<SeriesRow<EventFields>> {
  return {
    ...fields,
    ...(length !== undefined && durationColumns(length)),
    ...(rule !== undefined && { rule: rule && rule.text }),
    ...(fields.floating && rule === null && fields.rdates && floatingDates(fields.start, fields.rdates)),
  };
}

/** The inverse of `rdatesFrom`. No other writer stores a start twice. */
function floatingDates(
  start: string | undefined,
  rdates: readonly string[],
): Pick<SeriesRow<EventFields>, 'rdates'> {
  if (start === undefined) throw new Error('A writer names the start together with the RDATEs.');
  return { rdates: rdates.every((date) => date === start) ? [...rdates, start, start] : [...rdates] };
}

/** The columns of an override: the inverse of `overrideFrom`. */
export function overrideColumnsOf({ length, ...fields }: OverrideRecord): OverrideRow<OverrideRecord> {
  return {
    ...fields,
    ...(length === null ? { duration: null, zeroLength: false } : durationColumns(length)),
  };
}
