import { movedCut } from '../../../calendar/recurrence/changes/moved-cut.js';
import { seriesBefore } from '../../../calendar/recurrence/changes/split-series.js';
import { occurrenceAfter } from '../../../calendar/recurrence/series/recurrence-set.js';
import { type CivilTime, formatCivilTime } from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { originalStartFrom } from '../../../scheduling/occurrences/second-passes.js';
import { definitionOf, type Schedule, seriesOf } from '../schedule/schedule.js';
import type { ScheduleCommand } from '../schedule/schedule-command.js';

/** The schedule of a series, and where a change of an occurrence and all later ones has cut the series. */
export interface CutSchedule {
  readonly schedule: Schedule;
  /**
   * The original start of the first occurrence that was deleted or became part of another event, as civil ISO 8601 text in
   * the zone of the schedule. Null: the series was not cut.
   */
  readonly endsBefore: string | null;
}

/**
 * Where a changed series was cut. The cut moves with the schedule. If the command names `repeat` and the series has an
 * occurrence at the cut or later again, the cut ends.
 * @param next the schedule of `current` after the change
 */
export function cutAfterChange(
  current: CutSchedule,
  next: Schedule,
  { repeat }: ScheduleCommand,
): CutSchedule['endsBefore'] {
  const endsBefore = movedEnd(current, next);
  if (endsBefore === null || repeat === undefined) return endsBefore;
  const start = timeZone(next.timeZone).toInstant(cutIn(next, endsBefore));
  const following = occurrenceAfter(seriesOf(next), { start, end: Infinity }, 0, { startsFrom: start });
  return following === null ? endsBefore : null;
}

/** The place in another schedule of the cut of a series. */
export function movedEnd({ schedule, endsBefore }: CutSchedule, next: Schedule): CutSchedule['endsBefore'] {
  if (endsBefore === null) return null;
  const cut = cutIn(schedule, endsBefore);
  return formatCivilTime(movedCut(definitionOf(schedule), definitionOf(next), cut));
}

/**
 * The part of a schedule before the occurrence at the cut, or the schedule itself if it starts nothing there or later. Null
 * if the schedule starts nothing before the cut.
 * @param endsBefore null: the schedule was not cut
 */
export function scheduleBefore(schedule: Schedule, endsBefore: CutSchedule['endsBefore']): Schedule | null {
  if (endsBefore === null) return schedule;
  const definition = definitionOf(schedule);
  const part = seriesBefore(definition, cutIn(schedule, endsBefore));
  if (part === null || part === definition) return part && schedule;
  const { overrides: _, ...dates } = part;
  return { ...schedule, ...dates, startAt: timeZone(part.timeZone).toInstant(part.start) };
}

function cutIn(schedule: Schedule, endsBefore: string): CivilTime {
  return originalStartFrom(endsBefore, schedule);
}
