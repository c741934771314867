import { WrittenRule } from '../../../calendar/recurrence/rule/written-rule.js';
import { formatCivilTime } from '../../../calendar/time/civil-time.js';
import { secondPassesOf } from '../../../scheduling/occurrences/second-passes.js';
import type { SeriesOverride } from '../../../scheduling/occurrences/series-record.js';
import type { EventDetails, EventFields } from '../event-record.js';
import { definitionOf, type Schedule } from './schedule.js';
import { spanOf } from './span.js';

/** The fields of an event that hold its times and its recurrence. */
export function recordedSchedule(
  schedule: Schedule,
  overrides: readonly SeriesOverride[] = [],
): Omit<EventFields, keyof EventDetails> {
  return {
    allDay: schedule.allDay,
    timeZone: schedule.timeZone,
    start: formatCivilTime(schedule.start),
    length: schedule.length,
    rule: schedule.rule && WrittenRule.of(schedule.rule),
    rdates: schedule.rdates.map(formatCivilTime),
    exdates: schedule.exdates.map(formatCivilTime),
    secondPasses: secondPassesOf({ ...definitionOf(schedule), overrides }),
    span: spanOf(schedule, overrides),
  };
}
