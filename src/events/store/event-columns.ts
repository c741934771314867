import { formatRecurrenceRule } from '../../calendar/recurrence/rule/rule-text.js';
import { formatCivilTime } from '../../calendar/time/civil-time.js';
import { durationOfLength } from '../../calendar/time/length.js';
import { secondPassesOf } from '../../scheduling/occurrences/second-passes.js';
import type { SeriesOverride } from '../../scheduling/occurrences/series-row.js';
import type { EventColumns, EventDetails } from '../model/event-record.js';
import { definitionOf, type Schedule } from '../model/schedule/schedule.js';
import { spanOf } from '../model/schedule/span.js';

/** The columns of an event that hold its times and its recurrence. */
export function columnsOf(
  schedule: Schedule,
  overrides: readonly SeriesOverride[] = [],
): Omit<EventColumns, keyof EventDetails> {
  return {
    allDay: schedule.allDay,
    timeZone: schedule.timeZone,
    start: formatCivilTime(schedule.start),
    duration: durationOfLength(schedule.length),
    rrule: schedule.rule === null ? null : formatRecurrenceRule(schedule.rule),
    rdates: schedule.rdates.map(formatCivilTime),
    exdates: schedule.exdates.map(formatCivilTime),
    secondPasses: secondPassesOf({ ...definitionOf(schedule), overrides }),
    span: spanOf(schedule, overrides),
  };
}
