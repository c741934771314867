import type { Instant } from '../../time/civil-time.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import type { EventSeries } from './event-series.js';
import { firstOccurrence, occurrencesIn } from './recurrence-set.js';
import { CIVIL_PADDING } from './rule-runs.js';

/** The time from the first start to the last end of a series; `end` is null if the series never ends. */
export interface SeriesSpan {
  readonly start: Instant;
  readonly end: Instant | null;
}

/**
 * The time from the first start to the last end of all occurrences, moved and added ones included. A store can select
 * series by it, since no occurrence is outside. Without any occurrence it is empty, at the start of the series.
 * @example seriesSpan(compileSeries({ ...daily, rule: parseRecurrenceRule('FREQ=DAILY') })).end // null
 */
export function seriesSpan(series: EventSeries): SeriesSpan {
  const first = firstOccurrence(series);
  if (first === null) {
    const start = series.zone.toInstant(series.definition.start);
    return { start, end: start };
  }
  const { rule } = series.definition;
  if (rule && rule.count === null && rule.until === null) return { start: first.start, end: null };
  let end = first.end;
  for (const occurrence of occurrencesIn(series, { start: lastRuleStart(series), end: Infinity }))
    end = Math.max(end, occurrence.end);

  return { start: first.start, end };
}

/** The last start of the rule that neither EXDATE nor an override removes, or minus infinity. */
function lastRuleStart(series: EventSeries): Instant {
  const { ruleStarts, zone, until } = series;
  if (!ruleStarts) return -Infinity;
  const high = ruleStarts.lastUpTo(zone.toCivil(until) + CIVIL_PADDING);
  for (let period = ruleStarts.periodOf(high); period >= 0; period -= 1) {
    const civils = new NumberBuffer();
    ruleStarts.addStarts(period, ruleStarts.start, high, civils);
    const last = civils
      .toArray()
      .map((civil) => zone.toInstant(civil))
      .findLast((start) => start <= until && !series.exdates.has(start) && !series.overrides.has(start));
    if (last !== undefined) return last;
  }
  return -Infinity;
}
