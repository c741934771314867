import type { Override } from '../../../calendar/recurrence/series/event-series.js';
import { overlapsDeeperAt, overlapsDeeperThan } from '../../../calendar/recurrence/series/overlap-depth.js';
import type { CivilTime } from '../../../calendar/time/civil-time.js';
import { DomainError } from '../../../errors/domain-error.js';
import { repeats } from '../../../scheduling/occurrences/series-record.js';
import type { EventPatch } from '../../model/commands.js';
import { type Schedule, seriesOf } from '../../model/schedule/schedule.js';

/**
 * A person can attend one occurrence at a time. Some occurrences overlap in a series of shifts. Every list, free/busy
 * query and search of every attendee reads each overlapping occurrence: 24 starts a day of a year each would be 8,784.
 */
export const MAX_OVERLAPPING_OCCURRENCES = 10;

/** The part of a command that decides how many occurrences overlap. */
type Command = Pick<EventPatch, 'schedule' | 'status'>;

/**
 * Refuses a series of which more than `MAX_OVERLAPPING_OCCURRENCES` occurrences overlap.
 * @throws {DomainError} invalid `too_many_overlapping_occurrences`, naming the field of `command` at fault
 */
export function refuseDeepOverlap(
  schedule: Schedule,
  overrides: readonly Override[],
  command: Command,
): void {
  if (!repeats(schedule)) return;
  if (overlapsDeeperThan(seriesOf(schedule, overrides), MAX_OVERLAPPING_OCCURRENCES))
    throw tooDeep(fieldAtFault(command) ?? 'repeat');
}

/** The same for one occurrence whose override changes its times or restores it. */
export function refuseDeepOverlapAt(
  schedule: Schedule,
  overrides: readonly Override[],
  originalStart: CivilTime,
  command: Command,
): void {
  const field = fieldAtFault(command);
  if (field === null) return;
  const series = seriesOf(schedule, overrides);
  if (overlapsDeeperAt(series, originalStart, MAX_OVERLAPPING_OCCURRENCES)) throw tooDeep(field);
}

function fieldAtFault({ schedule = {}, status }: Command): string | null {
  const { repeat, endOrLength, allDay, start } = schedule;
  if (repeat !== undefined) return 'repeat';
  if (endOrLength !== undefined) return 'end' in endOrLength ? 'end' : 'length';
  if (allDay !== undefined) return 'allDay';
  if (start !== undefined) return 'start';
  return status === undefined ? null : 'status';
}

function tooDeep(field: string): DomainError {
  const message = `makes more than ${MAX_OVERLAPPING_OCCURRENCES} occurrences of the series overlap each other`;
  return new DomainError('invalid', 'too_many_overlapping_occurrences', `${field}: ${message}`, [
    { field, message },
  ]);
}
