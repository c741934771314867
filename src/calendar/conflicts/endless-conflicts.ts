import type { Instant } from '../time/civil-time.js';
import { DAY } from '../time/civil-time.js';
import { FAR_FUTURE, YEARS_OF_ALL_KINDS } from '../time/zone-transitions.js';
import type { BusyCalendar, BusySeries } from './compared/busy-series.js';
import type { Comparing } from './compared/comparison-budget.js';
import { RuleTime } from './compared/rule-time.js';
import { type ConflictChoice, changesFor } from './conflicting-occurrences.js';
import { FoundOccurrences } from './strands/found-occurrences.js';
import { AFTER_CALENDAR, runStrands } from './strands/run-strands.js';
import { strandsOfPair } from './strands/strands-of-pair.js';

/** From this instant on, the clocks of all zones follow rules that repeat every 400 years. */
const RULES_OF_ZONES_REPEAT: Instant = FAR_FUTURE - YEARS_OF_ALL_KINDS * 366 * DAY;

/** Whether the conflicts of an event have no end. */
export interface EndlessConflicts {
  readonly endless: boolean;
  /** Null: the answer is certain. Otherwise the budget ended, and there is no such conflict before this instant. */
  readonly checkedUntil: Instant | null;
}

/**
 * Whether the conflicts of an event with a calendar have no end: two rules without an end meet after the last EXDATE,
 * override and answer of both. Then they meet again and again, because the calendar and the rules of the zones repeat.
 * If they do not, `conflictingOccurrences` can list all conflicts.
 * @example comparisonResult(haveNoEnd({ series: everyMonday }, { single: [], series: [{ series: everyLeapDay }] }, { from, budget })).endless // true
 */
export function* haveNoEnd(
  event: BusySeries,
  calendar: BusyCalendar,
  { from, budget }: Omit<ConflictChoice, 'limit'>,
): Comparing<EndlessConflicts> {
  const endless = calendar.series.filter(hasNoEnd);
  const alone = [event, ...endless].reduce(
    (last, busy) => Math.max(last, lastDecided(busy)),
    Math.max(from, RULES_OF_ZONES_REPEAT),
  );
  if (!hasNoEnd(event) || alone >= AFTER_CALENDAR) return { endless: false, checkedUntil: null };
  const found = new FoundOccurrences(alone, 1);
  const changes = changesFor(alone, [event, ...endless]);
  const rule = RuleTime.of(event, changes, budget);
  const rules = endless.flatMap((busy) => RuleTime.of(busy, changes, budget) ?? []);
  const comparison = { changes, found, budget };
  const strands = rule ? rules.flatMap((other) => strandsOfPair(rule, other, comparison)) : [];
  const checkedUntil = yield* runStrands(strands, found, budget);
  return found.originalStarts.length > 0
    ? { endless: true, checkedUntil: null }
    : { endless: false, checkedUntil };
}

/** Whether a series has a rule without COUNT and UNTIL. */
function hasNoEnd({ series: { definition } }: BusySeries): boolean {
  const { rule } = definition;
  return rule !== null && rule.count === null && rule.until === null;
}

/** The last start that an EXDATE, an override or an answer decides alone. After it, the series follows its rule. */
function lastDecided({ series, apart = new Set() }: BusySeries): Instant {
  let last = -Infinity;
  for (const instant of series.exceptions) last = Math.max(last, instant);
  for (const civil of apart) last = Math.max(last, series.zone.toInstant(civil));
  return last + DAY;
}
