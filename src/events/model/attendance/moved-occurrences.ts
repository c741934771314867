import { originalStartsIn } from '../../../calendar/recurrence/changes/series-move.js';
import { occurrencesIn } from '../../../calendar/recurrence/series/recurrence-set.js';
import { type CivilTime, DAY, type Instant, parseCivilTime } from '../../../calendar/time/civil-time.js';
import { isSameLength, type Length } from '../../../calendar/time/length.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { repeats, type SeriesOverride } from '../../../scheduling/occurrences/series-record.js';
import type { OverrideRecord } from '../event-record.js';
import type { Rekeying } from '../rekeying.js';
import { definitionOf, type Schedule, seriesOf } from '../schedule/schedule.js';

/** More than a year, so that both halves of a year are compared in zones with summer time. */
const COMPARED_TIME = 400 * DAY;

/** The most occurrences that are compared: more than two of each day of a year. */
const MAX_COMPARED = 1_000;

/** The times and places of the occurrences of an event. */
export interface PlacedOccurrences {
  readonly schedule: Schedule;
  readonly location: string | null;
  readonly overrides: readonly SeriesOverride<OverrideRecord>[];
}

/** The occurrences whose start, end or place a change of an event changes. */
export interface MovedOccurrences {
  /** Whether the change concerns occurrences without an override. */
  readonly series: boolean;
  /** The new original starts of the moved ones among the occurrences with a record, as civil time text. */
  readonly moved: readonly string[];
  /** The same of the occurrences with an override that stay as they are. */
  readonly unmoved: readonly string[];
}

/** An occurrence as one who attends it has to know it. */
interface Placed {
  readonly allDay: boolean;
  readonly start: CivilTime;
  readonly startAt: Instant;
  readonly length: Length;
  readonly location: string | null;
}

/**
 * Compares the occurrences of an event before and after a change of the whole event. A new zone or a rule in other words
 * moves no occurrence that keeps its instants, or its days if it takes whole days. A new zone that moves a part of the
 * occurrences moves the series.
 * @param keys the new original starts of the occurrences with a record, by old ones
 */
export function movedOccurrences(
  before: PlacedOccurrences,
  after: PlacedOccurrences,
  keys: Rekeying,
): MovedOccurrences {
  const [own, next] = [byKey(before), byKey(after)];
  const moved: string[] = [];
  const unmoved: string[] = [];
  for (const [key, newKey] of keys) {
    const isMoved = !isSamePlace(placed(before, key, own.get(key)), placed(after, newKey, next.get(newKey)));
    if (isMoved) moved.push(newKey);
    else if (next.has(newKey)) unmoved.push(newKey);
  }
  const place = { series: before.location !== after.location, moved, unmoved };
  return place.series || !isMovedInTime(before.schedule, after.schedule) ? place : { ...place, series: true };
}

/** Whether an override moves an occurrence, or gives it another place. */
export function isMovedByOverride(
  series: PlacedOccurrences,
  before: SeriesOverride<OverrideRecord> | undefined,
  after: SeriesOverride<OverrideRecord>,
): boolean {
  const { originalStart: key } = after.record;
  return !isSamePlace(placed(series, key, before), placed(series, key, after));
}

function byKey({ overrides }: PlacedOccurrences): ReadonlyMap<string, SeriesOverride<OverrideRecord>> {
  return new Map(overrides.map((override) => [override.record.originalStart, override]));
}

function placed(
  { schedule, location }: PlacedOccurrences,
  key: string,
  override: SeriesOverride<OverrideRecord> | undefined,
): Placed {
  const start = override?.start ?? override?.originalStart ?? parseCivilTime(key);
  const own = override?.record.location ?? location;
  return {
    allDay: schedule.allDay,
    start,
    startAt: timeZone(schedule.timeZone).toInstant(start),
    length: override?.record.length ?? schedule.length,
    location: own === '' ? null : own,
  };
}

function isSamePlace(one: Placed, other: Placed): boolean {
  return one.location === other.location && isSameLength(one.length, other.length) && isSameStart(one, other);
}

/** Days are those of the attendee, so that a day is the same in every zone. */
function isSameStart(
  one: Pick<Placed, 'allDay' | 'start' | 'startAt'>,
  other: Pick<Placed, 'allDay' | 'start' | 'startAt'>,
): boolean {
  if (one.allDay !== other.allDay) return false;
  return one.allDay ? one.start === other.start : one.startAt === other.startAt;
}

function isMovedInTime(before: Schedule, after: Schedule): boolean {
  if (before.allDay !== after.allDay || !isSameLength(before.length, after.length)) return true;
  const isSameZone = before.timeZone === after.timeZone || before.allDay;
  if (isSameZone && before.start === after.start) return false;
  if (!repeats(before) || !repeats(after)) return !isSameStart(before, after);
  const newStart = originalStartsIn(definitionOf(before), definitionOf(after));
  const zone = timeZone(after.timeZone);
  const window = { start: before.startAt, end: before.startAt + COMPARED_TIME };
  let compared = 0;
  for (const { originalStart, originalCivilStart } of occurrencesIn(seriesOf(before), window)) {
    const civil = newStart(originalCivilStart);
    const { allDay } = before;
    const moved =
      civil !== null &&
      !isSameStart(
        { allDay, start: originalCivilStart, startAt: originalStart },
        { allDay, start: civil, startAt: zone.toInstant(civil) },
      );
    if (moved) return true;
    compared += 1;
    if (compared === MAX_COMPARED) return false;
  }
  return false;
}
