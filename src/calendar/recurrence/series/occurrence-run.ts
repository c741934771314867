import type { IntervalColumns } from '../../intervals/interval-columns.js';
import type { CivilTime, Instant } from '../../time/civil-time.js';
import { addEnds } from '../../time/length.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import type { EventSeries, Occurrence, Override } from './event-series.js';
import type { OccurrenceBounds } from './occurrence-sequence.js';
import { RuleRuns, type RunBuffers } from './rule-runs.js';

/** Occurrences in columns, by start: those of the indexes `from` to before `to`. */
export interface OccurrenceRun<O extends Override = Override> extends IntervalColumns {
  readonly from: number;
  readonly to: number;
  readonly originalCivilStarts: readonly CivilTime[];
  /** The override of the one occurrence of the run; null: none of them has an override. */
  readonly override: O | null;
}

/**
 * Buffers that no expansion is using. New ones would be a third of the cost of a week. A visitor that expands another
 * series takes other buffers.
 */
const spare: (RunBuffers & { readonly ends: NumberBuffer })[] = [];

/**
 * Calls `visit` with the occurrences that the rule of a series yields within bounds, by start. EXDATEs and overridden
 * starts are left out.
 * @example visitRuleRuns(series, bounds, ({ from, to }) => { count += to - from; })
 */
export function visitRuleRuns<O extends Override>(
  series: EventSeries<O>,
  bounds: OccurrenceBounds,
  visit: (run: OccurrenceRun<O>) => void,
): void {
  const { ruleStarts, zone, definition, exceptions } = series;
  if (ruleStarts === null) return;
  const buffers = spare.pop() ?? {
    starts: new NumberBuffer(),
    civils: new NumberBuffer(),
    ends: new NumberBuffer(),
  };
  const { starts, civils, ends } = buffers;
  const runs = new RuleRuns(series, ruleStarts, bounds, exceptions, buffers);
  while (runs.read()) {
    ends.clear();
    addEnds(starts, definition.length, zone, ends);
    visit({
      from: runs.from,
      to: starts.size,
      starts: starts.values,
      ends: ends.values,
      originalCivilStarts: civils.values,
      override: null,
    });
  }
  spare.push(buffers);
}

/**
 * Whether the rule of a series yields a start. EXDATEs and overrides have no effect.
 * @example yieldsStart(series, rdate.start) // true: the RDATE adds no occurrence
 */
export function yieldsStart(series: EventSeries, start: Instant): boolean {
  const bounds = { startsFrom: start, startsBefore: start + 1, endsAfter: -Infinity };
  return series.ruleStarts !== null && new RuleRuns(series, series.ruleStarts, bounds, []).read();
}

/**
 * The run of one occurrence.
 * @example visit(runOf(occurrence))
 */
export function runOf<O extends Override>({
  start,
  end,
  originalCivilStart,
  override,
}: Occurrence<O>): OccurrenceRun<O> {
  return {
    from: 0,
    to: 1,
    starts: [start],
    ends: [end],
    originalCivilStarts: [originalCivilStart],
    override,
  };
}
