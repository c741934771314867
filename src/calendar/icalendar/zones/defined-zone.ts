import { RuleStarts } from '../../recurrence/rule/rule-starts.js';
import { parseRecurrenceRule } from '../../recurrence/rule/rule-text.js';
import {
  type CivilTime,
  DAY,
  FIRST_YEAR,
  HOUR,
  type Instant,
  MINUTE,
  SECOND,
} from '../../time/civil-time.js';

import { instantOf } from '../content/time-values.js';
import type { Component, ContentLine } from '../model/content-line.js';

/** A zone as a VTIMEZONE defines it (RFC 5545 §3.6.5). */
export interface DefinedZone {
  /** Local time minus UTC at an instant, in milliseconds. */
  offsetAt(instant: Instant): number;
}

/** STANDARD or DAYLIGHT: from each of its onsets on, the offset `to` holds. */
interface Observance {
  readonly from: number;
  readonly to: number;
  /** The civil times, by the offset `from`, of onsets in a window. */
  readonly onsets: (start: CivilTime, end: CivilTime) => readonly CivilTime[];
  /** The first onset. */
  readonly first: CivilTime;
}

const OFFSET = /^([+-])(\d{2})(\d{2})(\d{2})?$/;

/** More than the time between two changes of the offset of a zone with summer time. */
const LOOK_BACK = 400 * DAY;

/**
 * The zone of a VTIMEZONE; null if it has no observance that can be read.
 * @example definedZone(vtimezone)?.offsetAt(Date.UTC(2026, 6, 1))
 */
export function definedZone({ components }: Component): DefinedZone | null {
  const observances = components
    .filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT')
    .flatMap((component) => observanceOf(component) ?? []);
  if (observances.length === 0) return null;
  const [earliest] = observances.toSorted((a, b) => a.first - b.first);
  return {
    offsetAt: (instant) => {
      let latest = { at: -Infinity, to: earliest.from };
      for (const { from, to, onsets } of observances) {
        const at = onsets(instant + from - LOOK_BACK, instant + from).at(-1);
        if (at !== undefined && at - from > latest.at) latest = { at: at - from, to };
      }
      return latest.at === -Infinity ? lastBefore(observances, instant, earliest.from) : latest.to;
    },
  };
}

/** The offset at an instant that is long after the last onset. */
function lastBefore(observances: readonly Observance[], instant: Instant, otherwise: number): number {
  let latest = { at: -Infinity, to: otherwise };
  for (const { from, to, first, onsets } of observances) {
    const at = onsets(first, instant + from).at(-1);
    if (at !== undefined && at - from > latest.at) latest = { at: at - from, to };
  }
  return latest.to;
}

function observanceOf({ properties }: Component): Observance | null {
  const valueOf = (name: string) => properties.find((property) => property.name === name);
  const [start, from, to] = ['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO'].map(valueOf);
  const first = start && firstOnset(start);
  const offsets = [from, to].map((line) => (line ? offsetOf(line.value) : null));
  const [offsetFrom, offsetTo] = offsets;
  if (first === undefined || first === null || offsetFrom === null || offsetTo === null) return null;
  const rule = startsOf(valueOf('RRULE'), first, offsetFrom);
  const dates = properties
    .filter(({ name }) => name === 'RDATE')
    .flatMap(({ value }) =>
      value.split(',').flatMap((date) => instantOf({ name: 'RDATE', parameters: [], value: date }) ?? []),
    );
  return {
    from: offsetFrom,
    to: offsetTo,
    first,
    onsets: (after, before) => {
      const ofRule = rule?.within(Math.max(after, first), before) ?? [];
      return [...ofRule, ...[first, ...dates].filter((date) => date >= after && date <= before)].toSorted(
        (a, b) => a - b,
      );
    },
  };
}

/** The first onset, in the years that the core has: Outlook begins its zones in 1601. */
function firstOnset(line: ContentLine): CivilTime | null {
  return (
    instantOf(line) ?? instantOf({ ...line, value: line.value.replace(/^1[0-8]\d\d/, String(FIRST_YEAR)) })
  );
}

/** The starts of the rule of an observance; null if it has none that can be read. UNTIL is in UTC. */
function startsOf(
  line: ContentLine | undefined,
  first: CivilTime,
  from: number,
): Pick<RuleStarts, 'within'> | null {
  if (line === undefined) return null;
  try {
    const rule = parseRecurrenceRule(line.value.trim().replace(/;$/, ''));
    // No zone changes more often by one rule, and a rule of days would have tens of thousands of starts.
    if (rule.frequency !== 'YEARLY') return null;
    const starts = new RuleStarts({ ...rule, until: null }, first);
    const { until } = rule;
    if (until === null) return starts;
    const last =
      until.form === 'utc' ? until.value + from : until.value + (until.form === 'date' ? DAY - SECOND : 0);
    return { within: (after, before) => starts.within(after, Math.min(before, last)) };
  } catch {
    return null;
  }
}

function offsetOf(value: string): number | null {
  const [, sign, hours, minutes, seconds = '0'] = OFFSET.exec(value.trim()) ?? [];
  if (sign === undefined) return null;
  return (
    (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND)
  );
}
