import { formatCivilTime } from '../calendar/civil-time.js';
import { formatRecurrenceRule } from '../calendar/recurrence-rule.js';
import { secondPassesOf } from '../scheduling/second-passes.js';
import type { SeriesOverride } from '../scheduling/series.js';
import type { Event } from './event.entity.js';
import { definitionOf, type Schedule } from './schedule.js';
import { spanOf } from './span.js';

/** The columns that say when an event is. */
export function columnsOf(schedule: Schedule, overrides: readonly SeriesOverride[] = []): Partial<Event> {
  return {
    allDay: schedule.allDay,
    timeZone: schedule.timeZone,
    start: formatCivilTime(schedule.start),
    duration: schedule.duration,
    rrule: schedule.rule === null ? null : formatRecurrenceRule(schedule.rule),
    rdates: schedule.rdates.map(formatCivilTime),
    exdates: schedule.exdates.map(formatCivilTime),
    secondPasses: secondPassesOf({ ...definitionOf(schedule), overrides }),
    span: spanOf(schedule, overrides),
  };
}
