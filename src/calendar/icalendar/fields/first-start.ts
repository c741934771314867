import { CalendarError } from '../../calendar-error.js';
import type { RecurrenceRule } from '../../recurrence/rule/recurrence-rule.js';
import { MAX_COUNT } from '../../recurrence/rule/rule-limits.js';
import { formatRecurrenceRule } from '../../recurrence/rule/rule-text.js';
import { compileSeries, firstStart } from '../../recurrence/series/event-series.js';
import type { CivilTime } from '../../time/civil-time.js';
import type { Length } from '../../time/length.js';

/** DTSTART and RRULE as a file has them. */
export interface WrittenStart {
  readonly start: CivilTime;
  readonly rule: RecurrenceRule | null;
}

/** A start that the rule yields, and the DTSTART before it that the rule does not yield. */
export interface RuledStart extends WrittenStart {
  /** Null: the rule yields DTSTART, or there is no rule. */
  readonly before: CivilTime | null;
}

/** The zone and the form of a series. */
export interface SeriesBase {
  readonly timeZone: string;
  readonly allDay: boolean;
  readonly length: Length;
}

/**
 * The start of a series whose rule may not yield DTSTART. RFC 5545 §3.8.5.3 counts DTSTART as the first occurrence, also of
 * COUNT. A rule that yields nothing is dropped.
 * @example ruledStart({ start: aTuesday, rule: mondays }, base).before // that Tuesday
 */
export function ruledStart({ start, rule }: WrittenStart, base: SeriesBase): RuledStart {
  if (rule === null) return { start, rule, before: null };
  const first = firstOf(start, rule, base);
  if (first === start) return { start, rule, before: null };
  if (first === null || rule.count === 1) return { start, rule: null, before: null };
  return {
    start: first,
    rule: rule.count === null ? rule : { ...rule, count: rule.count - 1 },
    before: start,
  };
}

function firstOf(start: CivilTime, rule: RecurrenceRule, base: SeriesBase): CivilTime | null {
  try {
    return firstStart(
      compileSeries({
        timeZone: base.timeZone,
        allDay: base.allDay,
        length: base.length,
        start,
        rule,
        rdates: [],
        exdates: [],
        overrides: [],
      }),
    );
  } catch (error) {
    if (error instanceof CalendarError && error.code === 'no_occurrence') return null;
    throw error;
  }
}

/**
 * DTSTART and RRULE of a series, so that `ruledStart` yields the series. If an RDATE is before the first start of the rule,
 * it is DTSTART if possible, since many programs ignore an RDATE before DTSTART.
 * @param candidates the forms to try first, such as that of the file
 * @example writtenStart(series, base, []).start
 */
export function writtenStart(
  { start, rule, rdates }: WrittenStart & { readonly rdates: readonly CivilTime[] },
  base: SeriesBase,
  candidates: readonly WrittenStart[],
): WrittenStart {
  const [earliest] = rdates;
  const counted = rule !== null && rule.count !== null ? { ...rule, count: rule.count + 1 } : rule;
  const isEarlier =
    rule !== null && earliest !== undefined && earliest < start && (counted?.count ?? 0) <= MAX_COUNT;
  const all = isEarlier ? [...candidates, { start: earliest, rule: counted }] : candidates;
  const found = all.find((candidate) => {
    const ruled = ruledStart(candidate, base);
    const isFirst = ruled.before === null || rdates.includes(ruled.before);
    return isFirst && ruled.start === start && isSameRule(ruled.rule, rule);
  });
  return found ?? { start, rule };
}

/**
 * Whether two rules are written alike.
 * @example isSameRule(daily, null) // false
 */
export function isSameRule(a: RecurrenceRule | null, b: RecurrenceRule | null): boolean {
  if (a === null || b === null || a === b) return a === b;
  return formatRecurrenceRule(a) === formatRecurrenceRule(b);
}
