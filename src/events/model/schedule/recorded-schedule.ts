import { WrittenRule } from '../../../calendar/recurrence/written-rule.js';
import { formatCivilTime } from '../../../calendar/time/civil-time.js';
import { secondPassesOf } from '../../../scheduling/occurrences/second-passes.js';
import type {
  SeriesDefinitionRecord,
  SeriesOverride,
} from '../../../scheduling/occurrences/series-record.js';
import { definitionOf, type Schedule } from './schedule.js';
import { spanOf } from './span.js';

/** The fields of an event that hold its times and its recurrence, as a writer sets them. */
export interface RecordedSchedule extends SeriesDefinitionRecord, Pick<Schedule, 'endTimeZone'> {
  /** The `tstzrange` that covers all occurrences. */
  readonly span: string;
}

/** The fields that a schedule has in the record of its event. */
export function recordedSchedule(
  schedule: Schedule,
  overrides: readonly SeriesOverride[] = [],
): RecordedSchedule {
  return {
    allDay: schedule.allDay,
    floating: schedule.floating,
    timeZone: schedule.timeZone,
    endTimeZone: schedule.endTimeZone,
    start: formatCivilTime(schedule.start),
    length: schedule.length,
    rule: schedule.rule && WrittenRule.of(schedule.rule),
    rdates: schedule.rdates.map(formatCivilTime),
    exdates: schedule.exdates.map(formatCivilTime),
    secondPasses: secondPassesOf({ ...definitionOf(schedule), overrides }),
    span: spanOf(schedule, overrides),
  };
}
