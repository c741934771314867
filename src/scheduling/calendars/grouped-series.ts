import { DAY, SECOND } from '../../calendar/time/civil-time.js';
import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import type { SeriesRecord } from '../occurrences/series-record.js';
import {
  type Attended,
  type AttendeeGroup,
  attendeeGroupsOf,
  type BusyOverrideRecord,
} from './attended-event.js';

export type AttendedSeries = SeriesRecord<BusyOverrideRecord> & Attended;

/** A series, and its attendees in groups. */
export interface GroupedSeries {
  readonly row: AttendedSeries;
  readonly groups: readonly AttendeeGroup[];
}

/**
 * Occurrences that are worked on at a time, counted for each user who is busy at them: a megabyte or two, and some
 * milliseconds for the steps of a search that cannot pause.
 */
export const OCCURRENCES_IN_PART = 10_000;

/** The cost of starting an expansion, in occurrences. */
export const WORK_OF_A_SERIES = 5;

/** Those of the series at which an attendee can be busy. The others need no expansion. */
export function groupedSeries(series: readonly AttendedSeries[]): GroupedSeries[] {
  return series
    .map((row) => ({ row, groups: attendeeGroupsOf(row) }))
    .filter(({ row, groups }) => groups.some((group) => mayBeBusy(group, row)));
}

/**
 * The length of the parts in which the series are expanded. Milliseconds: whole seconds, so that a response can contain
 * each border of a part; `Infinity` without series.
 */
export function lengthOfPart(series: readonly GroupedSeries[], occurrences: OccurrencesService): number {
  let perDay = 0;
  for (const { row, groups } of series) {
    const users = groups.reduce((sum, { userIds }) => sum + userIds.length, 0);
    perDay += users * occurrences.perDay(row);
  }
  return Math.max(SECOND, Math.floor(((OCCURRENCES_IN_PART / perDay) * DAY) / SECOND) * SECOND);
}

/** Whether these attendees can be busy at any occurrence: a series that they declined needs no expansion. */
function mayBeBusy({ answerApart, kindAt }: AttendeeGroup, { overrides }: AttendedSeries): boolean {
  const occurrence = { start: 0, end: 0, originalStart: 0, originalCivilStart: 0 };
  return (
    answerApart ||
    kindAt({ ...occurrence, override: null }) !== null ||
    overrides.some((override) => kindAt({ ...occurrence, override }) !== null)
  );
}
