import type { RecurrenceRule } from '../../../src/calendar/recurrence/rule/recurrence-rule.js';
import type { SeriesDefinition } from '../../../src/calendar/recurrence/series/event-series.js';
import { naiveCivil, naiveInstant } from './naive-zone.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

interface Day {
  readonly day: number;
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly weekday: number;
}

/** An occurrence as the oracle sees it. */
export interface NaiveOccurrence {
  readonly start: number;
  readonly end: number;
  readonly originalStart: number;
}

/**
 * The occurrences of a series that overlap `[from, to)`, by the definition alone: every day from the start's period
 * on is looked at, kept or not by each part of the rule, and BYSETPOS and COUNT are counted off. Shares no code
 * with the engine.
 */
export function naiveOccurrences(series: SeriesDefinition, from: number, to: number): NaiveOccurrence[] {
  const instant = (civil: number) => naiveInstant(series.timeZone, civil);
  const endOf = (civil: number, { seconds, days }: SeriesDefinition['length']) => {
    if (days === undefined) return instant(civil) + seconds * 1_000;
    const shown = naiveCivil(series.timeZone, instant(civil));
    return instant(Date.UTC(...dateOf(shown)) + days * DAY);
  };
  const longest = (series.length.days ?? 0) * DAY + (series.length.seconds ?? 0) * 1_000;
  const isNear = (civil: number) => civil > from - longest - 3 * DAY && civil < to + 3 * DAY;
  const regular = series.rule
    ? naiveStarts(series, series.rule, to + 3 * DAY).filter(isNear)
    : [series.start];
  const until = series.rule?.until ? naiveUntil(series, series.rule.until) : Infinity;
  const originals = new Map<number, number>();
  for (const civil of [...regular.filter((start) => instant(start) <= until), ...series.rdates])
    if (!originals.has(instant(civil))) originals.set(instant(civil), civil);
  for (const civil of series.exdates) originals.delete(instant(civil));
  for (const { originalStart } of series.overrides) originals.delete(instant(originalStart));
  const all = [...originals].map(([start, civil]) => ({
    start,
    end: endOf(civil, series.length),
    originalStart: start,
  }));
  for (const override of series.overrides.filter(({ cancelled }) => !cancelled)) {
    const civil = override.start ?? override.originalStart;
    all.push({
      start: instant(civil),
      end: endOf(civil, override.length ?? series.length),
      originalStart: instant(override.originalStart),
    });
  }
  return all
    .filter(({ start, end }) => {
      if (start === end) return start === from || (from < start && start < to);
      return from === to ? start <= from && end > from : start < to && end > from;
    })
    .toSorted((a, b) => a.start - b.start || a.originalStart - b.originalStart);
}

function dateOf(civil: number): [number, number, number] {
  const date = new Date(civil);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}

function naiveUntil(series: SeriesDefinition, until: NonNullable<RecurrenceRule['until']>): number {
  if (until.form === 'utc' && !series.allDay) return until.value;
  const midnight = until.value - (((until.value % DAY) + DAY) % DAY);
  return naiveInstant(
    series.timeZone,
    until.form === 'local' && !series.allDay ? until.value : midnight + DAY - 1_000,
  );
}

/** The civil starts of a rule, in order, at least as far as `horizon`. */
export function naiveStarts(series: SeriesDefinition, rule: RecurrenceRule, horizon: number): number[] {
  const start = dayOf(Math.floor(series.start / DAY));
  const timeOfStart = series.start - start.day * DAY;
  const times: number[] = [];
  for (const hour of rule.byHour.length > 0 ? rule.byHour : [Math.floor(timeOfStart / HOUR)]) {
    const minutes = rule.byMinute.length > 0 ? rule.byMinute : [Math.floor((timeOfStart % HOUR) / MINUTE)];
    for (const minute of minutes) times.push(hour * HOUR + minute * MINUTE + (timeOfStart % MINUTE));
  }
  const periods = new Map<number, number[]>();
  for (let number = start.day - 366; number * DAY <= horizon + 366 * DAY; number += 1) {
    const day = dayOf(number);
    const distance = periodOf(rule, day) - periodOf(rule, start);
    if (distance < 0 || distance % rule.interval !== 0 || !matches(rule, day, start)) continue;
    const starts = periods.get(distance) ?? [];
    for (const time of times) starts.push(number * DAY + time);
    periods.set(distance, starts);
  }
  const chosen = [...periods.values()].flatMap((starts) =>
    rule.bySetPos.length === 0
      ? starts
      : starts.filter((_, i) => rule.bySetPos.includes(i + 1) || rule.bySetPos.includes(i - starts.length)),
  );
  return chosen.filter((civil) => civil >= series.start).slice(0, rule.count ?? Infinity);
}

function periodOf(rule: RecurrenceRule, day: Day): number {
  if (rule.frequency === 'DAILY') return day.day;
  if (rule.frequency === 'WEEKLY') return Math.round(weekStartOf(day, rule.weekStart) / 7);
  return rule.frequency === 'MONTHLY' ? day.year * 12 + day.month : day.year;
}

function matches(rule: RecurrenceRule, day: Day, start: Day): boolean {
  const { byMonth, byMonthDay, byYearDay, byWeekNo, byDay, frequency } = rule;
  const saysNothingOfDays = byMonthDay.length + byYearDay.length + byWeekNo.length + byDay.length === 0;
  if (saysNothingOfDays && frequency === 'WEEKLY' && day.weekday !== start.weekday) return false;
  if (saysNothingOfDays && (frequency === 'MONTHLY' || frequency === 'YEARLY')) {
    if (day.date !== start.date) return false;
    if (frequency === 'YEARLY' && byMonth.length === 0 && day.month !== start.month) return false;
  }
  if (byMonth.length > 0 && !byMonth.includes(day.month)) return false;
  const monthLength = new Date(Date.UTC(day.year, day.month, 0)).getUTCDate();
  if (byMonthDay.length > 0 && !isNth(byMonthDay, day.date, monthLength)) return false;
  const newYear = Date.UTC(day.year, 0, 1) / DAY;
  const yearLength = Date.UTC(day.year + 1, 0, 1) / DAY - newYear;
  if (byYearDay.length > 0 && !isNth(byYearDay, day.day - newYear + 1, yearLength)) return false;
  if (byWeekNo.length > 0 && !isInWeek(rule, day)) return false;
  if (byDay.length === 0) return true;
  const isWithinYear = frequency === 'YEARLY' && byMonth.length === 0;
  const [position, length] = isWithinYear ? [day.day - newYear + 1, yearLength] : [day.date, monthLength];
  return byDay.some(({ weekday, ordinal }) => {
    if (weekday !== day.weekday) return false;
    if (ordinal === null) return true;
    return ordinal === Math.ceil(position / 7) || -ordinal === Math.ceil((length - position + 1) / 7);
  });
}

function isNth(numbers: readonly number[], position: number, length: number): boolean {
  return numbers.includes(position) || numbers.includes(position - length - 1);
}

/** The week belongs to the year that holds its fourth day, and is numbered by counting back to that year's first. */
function isInWeek(rule: RecurrenceRule, day: Day): boolean {
  const fourthDay = dayOf(weekStartOf(day, rule.weekStart) + 3);
  let number = 1;
  for (let week = fourthDay.day - 7; dayOf(week).year === fourthDay.year; week -= 7) number += 1;
  let weeks = number;
  for (let week = fourthDay.day + 7; dayOf(week).year === fourthDay.year; week += 7) weeks += 1;
  return isNth(rule.byWeekNo, number, weeks);
}

function weekStartOf(day: Day, weekStart: number): number {
  return day.day - ((day.weekday - weekStart + 7) % 7);
}

const days = new Map<number, Day>();

function dayOf(number: number): Day {
  const known = days.get(number);
  if (known) return known;
  const date = new Date(number * DAY);
  const day: Day = {
    day: number,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    date: date.getUTCDate(),
    weekday: date.getUTCDay() || 7,
  };
  days.set(number, day);
  return day;
}
