import { WrittenRule } from '../../calendar/recurrence/rule/written-rule.js';
import { durationOfLength, lengthOfDuration } from '../../calendar/time/length.js';
import type {
  OverrideTimesRecord,
  SeriesDefinitionRecord,
} from '../../scheduling/occurrences/series-record.js';
import type { EventFields, OverrideRecord } from '../model/event-record.js';

/** The columns of a series that its records have in another form. */
export interface SeriesColumns {
  /** Days of an all-day event, seconds of any other. */
  readonly duration: number;
  /** The value of RRULE; null: no rule repeats the event. */
  readonly rrule: string | null;
}

/** The column of an override that its records have in another form. */
export interface OverrideColumns {
  /** In the unit of the series; null: the length of the series holds. */
  readonly duration: number | null;
}

/** SQL of a column `duration` as an interval. */
export function durationInSql(duration: string, allDay: string): string {
  return `${duration} * CASE WHEN ${allDay} THEN interval '1 day' ELSE interval '1 second' END`;
}

/** The row of a series as a record has it. */
export function seriesFrom<Row extends SeriesColumns & Pick<SeriesDefinitionRecord, 'allDay'>>({
  duration,
  rrule,
  ...columns
}: Row): Omit<Row, keyof SeriesColumns> & Pick<SeriesDefinitionRecord, 'length' | 'rule'> {
  return {
    ...columns,
    length: lengthOfDuration(duration, columns.allDay),
    rule: rrule === null ? null : new WrittenRule(rrule),
  };
}

/** The row of an override of a series as a record has it. */
export function overrideFrom<Row extends OverrideColumns>(
  { duration, ...columns }: Row,
  { allDay }: Pick<SeriesDefinitionRecord, 'allDay'>,
): Omit<Row, keyof OverrideColumns> & Pick<OverrideTimesRecord, 'length'> {
  return { ...columns, length: duration === null ? null : lengthOfDuration(duration, allDay) };
}

/** The columns of the fields of an event that a writer names: the inverse of `seriesFrom`. */
export function columnsOf({
  length,
  rule,
  ...fields
}: Partial<EventFields>): Partial<Omit<EventFields, 'length' | 'rule'> & SeriesColumns> {
  return {
    ...fields,
    ...(length !== undefined && { duration: durationOfLength(length) }),
    ...(rule !== undefined && { rrule: rule && rule.text }),
  };
}

/** The columns of an override: the inverse of `overrideFrom`. */
export function overrideColumnsOf({
  length,
  ...fields
}: OverrideRecord): Omit<OverrideRecord, 'length'> & OverrideColumns {
  return { ...fields, duration: length && durationOfLength(length) };
}
