import { type CivilTime, wallClock } from '../../time/civil-time.js';
import { RuleStarts } from '../rule/rule-starts.js';
import type { SeriesDefinition } from '../series/event-series.js';
import { movedDate, ruleMappingOf } from './series-move.js';

/**
 * The place in `next` of `cut`, an original start before which `current` was ended. A cut at a start of the rule moves as
 * that start would; the end of `next` has no effect. Any other cut moves as an RDATE, and so does a cut whose start has no place. If
 * `next` has a rule and `current` has dates alone, the cut stays: the rule of `current` may have started at the cut.
 * @example movedCut(mondaysAtNineUntilMarch, mondaysAtTen, aMondayAtNineInMarch) // that Monday at ten
 */
export function movedCut(current: SeriesDefinition, next: SeriesDefinition, cut: CivilTime): CivilTime {
  const { rule } = current;
  if (rule === null && next.rule !== null) return cut;
  const asDate = (civil: CivilTime) => movedDate(fromFirstDate(current), fromFirstDate(next), civil);
  const starts = rule && new RuleStarts({ ...rule, count: null }, wallClock(current.start));
  const isOfRule = starts !== null && starts.within(cut, cut).length > 0;
  return (isOfRule ? ruleMappingOf(current, next, asDate)(cut) : null) ?? asDate(cut);
}

/** A list of dates with the first of them as its start, as each part of a cut list has it. */
function fromFirstDate(series: SeriesDefinition): SeriesDefinition {
  return series.rule === null ? { ...series, start: Math.min(series.start, ...series.rdates) } : series;
}
