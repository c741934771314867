import { RuleStarts } from '../../recurrence/rule/rule-starts.js';
import { untilInstant } from '../../recurrence/rule/until.js';
import {
  type CivilTime,
  civilDateOf,
  DAY,
  type EpochDay,
  epochDayOfCivil,
  type Instant,
  timeOfDay,
} from '../../time/civil-time.js';
import { MAX_SEARCH_WINDOW } from '../free-interval-query.js';
import { allowUpTo, MAX_SLOT_OCCURRENCES, type SeriesSlotQuery, tooLong } from './series-slot-query.js';

/**
 * The starts of the occurrences of a series, for any start of the first one. The dates of the series depend only on the
 * date of the first occurrence, so each date is expanded once. The query has passed `checkSlotRule`.
 *
 * @example new SlotStarts(query).from(Date.UTC(2026, 0, 5, 9)); // all starts, if the rule yields that date
 */
export class SlotStarts {
  private readonly daysByFirst = new Map<EpochDay, readonly CivilTime[]>();
  private readonly until: Instant;
  private readonly lastDay: CivilTime;

  constructor(private readonly query: SeriesSlotQuery) {
    const { rule, zone, window } = query;
    this.until = rule.until === null ? Infinity : untilInstant(rule.until, zone, false);
    const end = Math.min(this.until, window.start + MAX_SEARCH_WINDOW);
    this.lastDay = (epochDayOfCivil(zone.toCivil(end)) + 1) * DAY;
  }

  /**
   * Returns the midnights of the dates of the series whose first occurrence is on a date, that date included; `[]` if the rule
   * does not yield the date.
   *
   * @throws {DomainError} invalid, naming `repeat`: the series has too many occurrences, or ends too late
   */
  daysFrom(first: EpochDay): readonly CivilTime[] {
    let days = this.daysByFirst.get(first);
    if (days === undefined) this.daysByFirst.set(first, (days = this.expand(first)));
    return days;
  }

  /**
   * Returns the starts of all occurrences of the series whose first occurrence starts at an instant, ascending, each instant
   * once; `[]` if that series has no such first occurrence. If the clocks show the time of the instant twice, only the
   * first occurrence is in the second pass.
   */
  from(first: Instant): Instant[] {
    const { zone } = this.query;
    const civil = zone.toCivil(first);
    const days = this.daysFrom(epochDayOfCivil(civil));
    if (days.length === 0 || zone.toInstant(civil) > this.until) return [];
    const time = timeOfDay(civil);
    const starts = [first];
    for (let index = 1; index < days.length; index += 1) {
      const start = zone.toInstant(days[index] + time);
      if (start > this.until) break;
      if (start > starts[starts.length - 1]) starts.push(start);
    }
    return starts;
  }

  private expand(first: EpochDay): readonly CivilTime[] {
    const { rule, inMonthOfStart } = this.query;
    const byMonth = inMonthOfStart ? [civilDateOf(first).month] : rule.byMonth;
    const starts = new RuleStarts({ ...rule, byMonth, until: null }, first * DAY);
    const days = starts.within(first * DAY, this.lastDay);
    if (days[0] !== first * DAY) return [];
    const message = `must give at most ${MAX_SLOT_OCCURRENCES} occurrences`;
    allowUpTo(MAX_SLOT_OCCURRENCES, days.length, 'repeat', message);
    if (rule.count !== null && days.length < rule.count) throw tooLong();
    return days;
  }
}
