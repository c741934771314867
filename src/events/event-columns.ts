import { formatCivilTime } from '../calendar/civil-time.js';
import { formatRecurrenceRule } from '../calendar/recurrence-rule.js';
import type { OverrideRow } from '../scheduling/series.js';
import type { Event } from './event.entity.js';
import type { Schedule } from './schedule.js';
import { spanOf } from './span.js';

/** The columns that say when an event is. */
export function columnsOf(schedule: Schedule, overrides: readonly OverrideRow[] = []): Partial<Event> {
  return {
    allDay: schedule.allDay,
    timeZone: schedule.timeZone,
    start: formatCivilTime(schedule.start),
    duration: schedule.duration,
    rrule: schedule.rule === null ? null : formatRecurrenceRule(schedule.rule),
    rdates: schedule.rdates.map(formatCivilTime),
    exdates: schedule.exdates.map(formatCivilTime),
    span: spanOf(schedule, overrides),
  };
}
