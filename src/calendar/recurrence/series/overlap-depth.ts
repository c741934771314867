import { type CivilTime, DAY, wallClock } from '../../time/civil-time.js';
import { civilLength } from '../../time/length.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import { MAX_DAYS_IN_YEAR } from '../rule/rule-limits.js';
import type { RuleStarts } from '../rule/rule-starts.js';
import type { EventSeries } from './event-series.js';

/** An interval of civil time, half-open. */
interface CivilInterval {
  readonly start: CivilTime;
  readonly end: CivilTime;
}

/** An occurrence that is not a start of the rule: an RDATE, or an override. */
interface OccurrenceOffRule extends CivilInterval {
  readonly originalStart: CivilTime;
}

/** Up to 2099, weekdays and leap days repeat after 28 years, and the starts of a rule with INTERVAL after 28 years × INTERVAL. */
const CYCLE = 28 * MAX_DAYS_IN_YEAR * DAY;

/**
 * Whether more than `depth` occurrences of a series are in progress at the same time. The function compares civil times, so
 * changes of the clocks have no effect. EXDATEs and cancelled occurrences do not count; RDATEs and overrides do. A rule may
 * be deeper by an occurrence or two around 2100, which is no leap year.
 * @example overlapsDeeperThan(compileSeries({ ...daily, length: { days: 11 } }), 10) // true
 */
export function overlapsDeeperThan(series: EventSeries, depth: number): boolean {
  const apart = occurrencesOffRule(series);
  return ruleOverlaps(series, depth) || apart.some((date) => isCrowded(series, apart, date, depth));
}

/**
 * Whether more than `depth` occurrences are in progress at the same time within the overridden occurrence with this
 * original start.
 * @example overlapsDeeperAt(series, parseCivilTime('2022-09-06T09:00:00'), 10)
 */
export function overlapsDeeperAt(series: EventSeries, originalStart: CivilTime, depth: number): boolean {
  const apart = occurrencesOffRule(series);
  return apart
    .filter((date) => date.originalStart === originalStart)
    .some((date) => isCrowded(series, apart, date, depth));
}

function ruleOverlaps(series: EventSeries, depth: number): boolean {
  const { ruleStarts, definition } = series;
  const length = civilLength(definition.length);
  // This decides nearly every rule: even on the densest days, an occurrence ends before the start `depth` places later.
  if (!ruleStarts || ruleStarts.shortestDistance(depth) >= length) return false;
  // The last occurrences of the first cycle are in progress with those of the next one.
  const cycleEnd = ruleStarts.start + CYCLE * (definition.rule?.interval ?? 1) + length;
  const recent: CivilTime[] = Array.from({ length: depth }, () => -Infinity);
  let place = 0;
  for (const start of regularStarts(series, ruleStarts, ruleStarts.start, cycleEnd)) {
    if (start - recent[place] < length) return true;
    recent[place] = start;
    place = (place + 1) % depth;
  }
  return false;
}

/** Whether more than `depth` occurrences, `date` included, are in progress at the same time within `date`. */
function isCrowded(
  series: EventSeries,
  apart: readonly OccurrenceOffRule[],
  date: OccurrenceOffRule,
  depth: number,
): boolean {
  const { ruleStarts, definition } = series;
  const length = civilLength(definition.length);
  const near: CivilInterval[] = apart.filter(({ start, end }) => start < date.end && end > date.start);
  if (near.length > depth && isDeeper(near, date, depth)) return true;
  if (!ruleStarts || near.length + mostAtOnce(ruleStarts, length, depth) <= depth) return false;
  const from = date.start - length + 1;
  for (const start of regularStarts(series, ruleStarts, from, date.end - 1))
    near.push({ start, end: start + length });
  return isDeeper(near, date, depth);
}

function isDeeper(intervals: readonly CivilInterval[], within: CivilInterval, depth: number): boolean {
  let ends: CivilTime[] = [];
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    const at = Math.max(start, within.start);
    ends = ends.filter((other) => other > at);
    if (ends.push(end) > depth) return true;
  }
  return false;
}

/** An upper bound of the occurrences of the rule that are in progress at the same time, or more than `depth`. */
function mostAtOnce(ruleStarts: RuleStarts, length: number, depth: number): number {
  let most = 1;
  while (most <= depth && ruleStarts.shortestDistance(most) < length) most += 1;
  return most;
}

/** The civil starts of the rule in `[from, to]`, without EXDATEs, RDATEs and overridden starts. */
function* regularStarts(
  series: EventSeries,
  ruleStarts: RuleStarts,
  from: CivilTime,
  to: CivilTime,
): Generator<CivilTime, void, undefined> {
  const { start, rdates, exdates, overrides } = series.definition;
  const gone = new Set([...rdates, ...exdates, ...overrides.map(({ originalStart }) => originalStart)]);
  // The rule yields the start of the series without its pass.
  if (gone.has(start)) gone.add(wallClock(start));
  const low = Math.max(from, ruleStarts.start);
  const high = ruleStarts.lastUpTo(Math.min(to, series.zone.toCivil(series.until)));
  const starts = new NumberBuffer();
  for (let period = ruleStarts.periodOf(low); period <= ruleStarts.periodOf(high); period += 1) {
    starts.clear();
    ruleStarts.addStarts(period, low, high, starts);
    for (let index = 0; index < starts.size; index += 1)
      if (!gone.has(starts.values[index])) yield starts.values[index];
  }
}

function occurrencesOffRule({ definition }: EventSeries): OccurrenceOffRule[] {
  const { start, length, rule, rdates, exdates, overrides } = definition;
  const overridden = new Set(overrides.map(({ originalStart }) => originalStart));
  const gone = new Set([...exdates, ...overridden]);
  const dates = [...new Set(rule ? rdates : [start, ...rdates])].filter((date) => !gone.has(date));
  return [
    ...dates.map((date) => ({ originalStart: date, start: date, end: date + civilLength(length) })),
    ...overrides
      .filter(({ cancelled }) => !cancelled)
      .map((override) => {
        const ownStart = override.start ?? override.originalStart;
        const end = ownStart + civilLength(override.length ?? length);
        return { originalStart: override.originalStart, start: ownStart, end };
      }),
  ];
}
