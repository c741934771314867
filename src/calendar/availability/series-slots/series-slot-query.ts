import { type DomainError, invalidInput } from '../../../errors/domain-error.js';
import type { Interval } from '../../intervals/interval.js';
import type { RecurrenceRule } from '../../recurrence/rule/recurrence-rule.js';
import { untilInstant } from '../../recurrence/rule/until.js';
import { DAY, HOUR } from '../../time/civil-time.js';
import type { TimeZone } from '../../time/time-zone.js';
import type { BlockingRule } from '../availability.js';
import { type FreeIntervalQuery, MAX_SEARCH_WINDOW } from '../free-interval-query.js';

/** The conditions for a slot: the time of day that all occurrences of a series have. All lengths are milliseconds. */
export interface SeriesSlotQuery
  extends Pick<FreeIntervalQuery, 'duration' | 'bufferBefore' | 'bufferAfter' | 'minAttending' | 'limit'> {
  /** Contains the start of the first occurrence. Its start is a whole second. */
  readonly window: Interval;
  /** The zone of the series. Its occurrences have the same civil time there. */
  readonly zone: TimeZone;
  /** Has COUNT or UNTIL, and neither BYHOUR nor BYMINUTE: the search chooses the time of day. */
  readonly rule: RecurrenceRule;
  /** Whether BYMONTH is the month of the first occurrence; `rule` then has no BYMONTH. */
  readonly inMonthOfStart: boolean;
  /** The period of the grid on the wall clock of `zone`, at most a day; null: the first occurrence may start at any time. */
  readonly step: number | null;
  /** The least number of occurrences in which the meeting is possible, at least 1. */
  readonly minOccurrences: number;
}

/** A rule that keeps a person from attending an occurrence. It names no event, so it reveals no more than free/busy. */
export interface MissReason {
  readonly userId: number;
  readonly rule: BlockingRule;
  /** Whether the person is optional. */
  readonly optional: boolean;
}

/** An occurrence in which too few people can attend, or an optional person cannot. */
export interface Miss {
  /** The start of the occurrence. */
  readonly originalStart: number;
  /** Whether only optional people cannot attend, so that the occurrence counts. */
  readonly optional: boolean;
  /** By the order of the people, the optional ones last, then by the order of the rules. */
  readonly reasons: readonly MissReason[];
}

/** A time for a whole series. */
export interface SeriesSlot extends Interval {
  /** The number of occurrences in which the meeting is possible. */
  readonly occurrences: number;
  /** By time: all other occurrences of the series, and those in which optional people cannot attend. */
  readonly misses: readonly Miss[];
}

/** A year of days. A person plans no longer series at once, and the search tests each occurrence of each start. */
export const MAX_SLOT_OCCURRENCES = 366;

/** The starts that one search tests: every quarter of an hour of nearly three years. */
export const MAX_SLOT_STARTS = 100_000;

/** Starts times occurrences of one search: some 200 ns each, so a search takes at most about a second. */
export const MAX_SLOT_CHECKS = 5_000_000;

/** People times days of the calendars that one search reads: 100 people for half a year, or 10 people for five years. */
export const MAX_SLOT_CALENDAR_DAYS = 18_300;

/** Slots times occurrences times people: the reasons of the misses of one response, some 60 bytes each. */
export const MAX_SLOT_REASONS = 50_000;

/**
 * Checks the rule of a query.
 *
 * @throws {DomainError} invalid, naming `repeat`: a rule that does not end, has times of day, or ends after the longest search
 * @example checkSlotRule(query);
 */
export function checkSlotRule({ rule, zone, window }: SeriesSlotQuery): void {
  if (rule.byHour.length + rule.byMinute.length > 0)
    throw ofRepeat('must not have BYHOUR or BYMINUTE, since the search chooses the time of day');
  if (rule.until === null && rule.count === null) throw ofRepeat('must end: send `count` or `until`');
  if (rule.until !== null && untilInstant(rule.until, zone, false) >= window.start + MAX_SEARCH_WINDOW)
    throw tooLong();
}

/** @throws {DomainError} invalid, naming `field`, if the value is above the limit */
export function allowUpTo(limit: number, value: number, field: string, message: string): void {
  if (value > limit) throw invalidInput({ field, message });
}

/** The error of a series that ends after the longest search. */
export function tooLong(): DomainError {
  return ofRepeat(`must end within ${MAX_SEARCH_WINDOW / DAY} days after \`from\``);
}

/** The starts that a grid gives a day at most: a change of the clocks may add an hour. */
export function startsOfDay(step: number): number {
  return Math.ceil((DAY + HOUR) / step);
}

/** The least distance of the starts of two slots: both meetings are possible, each with its buffers. */
export function distanceOfSlots({
  duration,
  bufferBefore,
  bufferAfter,
}: Pick<SeriesSlotQuery, 'duration' | 'bufferBefore' | 'bufferAfter'>): number {
  return duration + Math.max(bufferBefore, bufferAfter);
}

function ofRepeat(message: string): DomainError {
  return invalidInput({ field: 'repeat', message });
}
