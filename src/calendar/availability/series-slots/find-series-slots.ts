import type { Interval } from '../../intervals/interval.js';
import type { IntervalSet } from '../../intervals/interval-set.js';
import { DAY, type Instant } from '../../time/civil-time.js';
import type { Person } from '../free-interval-query.js';
import type { ReadCalendars } from '../search/nearest-free-intervals.js';
import { readWholeWindow } from '../search/read-whole-window.js';
import { type Candidate, chosenSlots } from './chosen-slots.js';
import {
  allowUpTo,
  checkSlotRule,
  MAX_SLOT_CALENDAR_DAYS,
  MAX_SLOT_CHECKS,
  MAX_SLOT_REASONS,
  MAX_SLOT_STARTS,
  type Miss,
  type SeriesSlot,
  type SeriesSlotQuery,
  startsOfDay,
} from './series-slot-query.js';
import { has, SeriesSlotTime } from './series-slot-time.js';
import { criticalCandidates, daysOfWindow, gridCandidates } from './slot-candidates.js';
import { SlotStarts } from './slot-starts.js';

/** Shares the processor during a long search. One step is about a microsecond of work. */
export interface Pace {
  /** Counts work. Returns whether the search has to call `rest` now. */
  spend(steps: number): boolean;
  rest(): Promise<void>;
}

/** The people who attend a series. */
export interface SlotPeople {
  /** At least one. All of them must attend, or `minAttending` of them. None is optional. */
  readonly persons: readonly Person[];
  /** All of them must be free. */
  readonly rooms: readonly Person[];
  /** They change neither the slots nor their order. */
  readonly optional: readonly Person[];
}

/**
 * Finds the best times for a whole series. Its occurrences have the same civil time. In an occurrence that counts, enough people
 * are at work, and free from `bufferBefore` before it to `bufferAfter` after it, and all rooms are open and free. If rooms attend, an
 * occurrence that overlaps another one of its series does not count. The best slot has the most occurrences that count; of
 * equals the earliest is the best. The first occurrences of the slots, with their buffers, do not overlap each other.
 *
 * The search reads the calendars once, from `window.start` to the end of the last occurrence of any start, in windows of at
 * most `MAX_WINDOW`.
 *
 * @throws {DomainError} invalid, naming `repeat`, `step`, `limit` or `userIds`
 * @example const [best] = await findSeriesSlots(query, { persons, rooms, optional: [] }, readCalendars, pace);
 */
export async function findSeriesSlots(
  query: SeriesSlotQuery,
  { persons, rooms, optional }: SlotPeople,
  readCalendars: ReadCalendars,
  pace: Pace,
): Promise<SeriesSlot[]> {
  checkSlotRule(query);
  const starts = new SlotStarts(query);
  const people = persons.length + rooms.length + optional.length;
  const horizon = await horizonOf(query, starts, people, pace);
  if (horizon === null) return [];
  const time = new SeriesSlotTime(query, persons, rooms, optional);
  await readWholeWindow(horizon, query, readCalendars, (part, calendars) => time.extend(part, calendars));
  const free = time.free(horizon);
  const evaluate = (first: Instant): Candidate => {
    const all = starts.from(first);
    return { first, occurrences: countFree(all, free, query, time) };
  };
  const candidates: Candidate[] = [];
  let checks = 0;
  for (const first of candidatesOf(query, starts, free)) {
    const all = starts.from(first);
    checks += all.length;
    allowUpTo(MAX_SLOT_CHECKS, checks, 'step', tooManyChecks());
    const occurrences = countFree(all, free, query, time);
    if (occurrences >= query.minOccurrences) candidates.push({ first, occurrences });
    if (pace.spend(1 + all.length / 4)) await pace.rest();
  }
  const slots: SeriesSlot[] = [];
  for (const { first, occurrences } of chosenSlots(candidates, query, evaluate)) {
    const misses = missesOf(starts.from(first), free, query, time);
    slots.push({ start: first, end: first + query.duration, occurrences, misses });
    if (pace.spend(misses.length * people)) await pace.rest();
  }
  return slots;
}

/** The time of all series that the search tests; null: the rule yields no date of the window. */
async function horizonOf(
  query: SeriesSlotQuery,
  starts: SlotStarts,
  people: number,
  pace: Pace,
): Promise<Interval | null> {
  const { window, zone, duration, step, limit } = query;
  let last = -Infinity;
  let most = 0;
  let dates = 0;
  for (const day of daysOfWindow(query)) {
    const days = starts.daysFrom(day);
    if (pace.spend(1 + days.length)) await pace.rest();
    if (days.length === 0) continue;
    dates += 1;
    most = Math.max(most, days.length);
    last = Math.max(last, days[days.length - 1]);
  }
  if (dates === 0) return null;
  if (step !== null) {
    const tested = Math.min(dates * startsOfDay(step), Math.ceil((window.end - window.start) / step) + dates);
    allowUpTo(MAX_SLOT_STARTS, tested, 'step', tooManyStarts());
    allowUpTo(MAX_SLOT_CHECKS, tested * most, 'step', tooManyChecks());
  }
  allowUpTo(
    MAX_SLOT_REASONS,
    limit > 1 ? limit * most * people : 0,
    'limit',
    `must be at most ${MAX_SLOT_REASONS}, times the occurrences, times the people`,
  );
  // A change of the clocks moves the last occurrence by less than a day.
  const end = zone.toInstant(last + DAY) + DAY + duration;
  allowUpTo(
    MAX_SLOT_CALENDAR_DAYS,
    (people * (end - window.start)) / DAY,
    'userIds',
    `must be at most ${MAX_SLOT_CALENDAR_DAYS} people, times the days from \`from\` to the end of the series`,
  );
  return { start: window.start, end };
}

/** The starts to test, each once, ascending. */
function candidatesOf(query: SeriesSlotQuery, starts: SlotStarts, free: IntervalSet): Iterable<Instant> {
  const { step, window } = query;
  if (step !== null) return gridCandidates(query, step, starts);
  const found = new Set<Instant>();
  for (const instant of criticalCandidates(query, starts, free)) {
    if (instant >= window.start && instant < window.end) found.add(instant);
    allowUpTo(MAX_SLOT_STARTS, found.size, 'step', tooManyStarts());
  }
  return Float64Array.from(found).toSorted();
}

function countFree(
  starts: readonly Instant[],
  free: IntervalSet,
  query: SeriesSlotQuery,
  time: SeriesSlotTime,
): number {
  let count = 0;
  for (let index = 0; index < starts.length; index += 1)
    if (has(free, starts[index]) && !meetsItself(starts, index, query, time)) count += 1;
  return count;
}

function missesOf(
  starts: readonly Instant[],
  free: IntervalSet,
  query: SeriesSlotQuery,
  time: SeriesSlotTime,
): Miss[] {
  const misses: Miss[] = [];
  for (const [index, start] of starts.entries()) {
    const meets = meetsItself(starts, index, query, time);
    const counts = has(free, start) && !meets;
    const occurrence = { start, end: start + query.duration };
    const ofOptional = time.reasonsOfOptional(occurrence);
    if (counts && ofOptional.length === 0) continue;
    const reasons = counts ? ofOptional : [...time.reasonsAgainst(occurrence, meets), ...ofOptional];
    misses.push({ originalStart: start, optional: counts, reasons });
  }
  return misses;
}

/** Whether an occurrence overlaps another one in a room. */
function meetsItself(
  starts: readonly Instant[],
  index: number,
  { duration }: SeriesSlotQuery,
  time: SeriesSlotTime,
): boolean {
  if (!time.holdsOneAtATime) return false;
  return starts[index + 1] - starts[index] < duration || starts[index] - starts[index - 1] < duration;
}

function tooManyStarts(): string {
  return `gives more than ${MAX_SLOT_STARTS} starts to test: send a longer one, or an earlier \`to\``;
}

function tooManyChecks(): string {
  return `gives more than ${MAX_SLOT_CHECKS} starts, times occurrences, to test: send a longer one, or an earlier \`to\``;
}
