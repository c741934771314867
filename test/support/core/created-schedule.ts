import { formatRecurrenceRule } from '../../../src/calendar/recurrence/rule/rule-text.js';
import type { SeriesDefinition } from '../../../src/calendar/recurrence/series/event-series.js';
import { formatCivilTime } from '../../../src/calendar/time/civil-time.js';
import { durationOfLength } from '../../../src/calendar/time/length.js';
import { DomainError } from '../../../src/errors/domain-error.js';
import type { EventRecord } from '../../../src/events/model/event-record.js';
import { recordedSchedule } from '../../../src/events/model/schedule/recorded-schedule.js';
import type { Schedule } from '../../../src/events/model/schedule/schedule.js';
import { newSchedule } from '../../../src/events/model/schedule/schedule-change.js';
import type { ScheduleCommand } from '../../../src/events/model/schedule/schedule-command.js';
import { toScheduleCommand } from '../../../src/events/rest/event-command.mapper.js';

/** The record of a schedule as a response is made of. */
export function recordOf(schedule: Schedule): EventRecord {
  const times = { ...recordedSchedule(schedule), startAt: new Date(schedule.startAt), endAt: null };
  return { ...times, overrides: [] } as unknown as EventRecord;
}

/** The times in the body by which a client creates a series. */
export function creationBody(series: SeriesDefinition) {
  const dates = (civils: readonly number[]) =>
    civils.map((civil) => formatCivilTime(civil).slice(0, series.allDay ? 10 : 19));
  const [start_date] = dates([series.start]);
  const { rule, allDay } = series;
  const repeat = {
    ...(rule && { rrule: formatRecurrenceRule(rule) }),
    rdates: dates(series.rdates),
    exdates: dates(series.exdates),
  };
  const duration = durationOfLength(series.length);
  return { start_date, duration, all_day: allDay, time_zone: series.timeZone, repeat };
}

/** The command by which a client creates a series. */
export function creationOf(series: SeriesDefinition): ScheduleCommand {
  return toScheduleCommand(creationBody(series)) ?? {};
}

/** The schedule that a client creates; null if the service refuses it. */
export function createdSchedule(series: SeriesDefinition): Schedule | null {
  try {
    return newSchedule(creationOf(series), 'UTC');
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
