import type { RecurrenceRule } from '../../calendar/recurrence/rule/recurrence-rule.js';
import { RuleStarts } from '../../calendar/recurrence/rule/rule-starts.js';
import type { SeriesDefinition } from '../../calendar/recurrence/series/event-series.js';
import {
  type CivilTime,
  formatCivilTime,
  isSecondPass,
  parseCivilTime,
  SECOND_PASS,
  wallClock,
} from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';

/**
 * The stored civil times of an event that lie in the second pass of an hour that the clocks repeat. The civil times
 * themselves are stored without the pass, since earlier versions of the service read them.
 */
export interface SecondPasses {
  readonly start: boolean;
  readonly rdates: readonly string[];
  readonly exdates: readonly string[];
  /** The original starts of the occurrences that were moved into a second pass. */
  readonly moved: readonly string[];
}

/** The second passes of a definition; null: the definition has none, as nearly all definitions. */
export function secondPassesOf(definition: SeriesDefinition): SecondPasses | null {
  const { start, rdates, exdates, overrides } = definition;
  const zone = timeZone(definition.timeZone);
  const isLater = (civil: CivilTime | undefined) =>
    civil !== undefined && isSecondPass(civil) && zone.toInstant(civil) !== zone.toInstant(wallClock(civil));
  const passes = {
    start: isLater(start),
    rdates: rdates.filter(isLater).map(formatCivilTime),
    exdates: exdates.filter(isLater).map(formatCivilTime),
    moved: overrides
      .filter((override) => isLater(override.start))
      .map(({ originalStart }) => formatCivilTime(originalStart)),
  };
  const isEmpty = !passes.start && passes.rdates.length + passes.exdates.length + passes.moved.length === 0;
  return isEmpty ? null : passes;
}

/** Adds its pass to a stored civil time. */
export function civilTimeFrom(text: string, isLater: boolean): CivilTime {
  return parseCivilTime(text) + (isLater ? SECOND_PASS : 0);
}

/** Adds their passes to stored civil times. A text that occurs twice stands for both passes. */
export function civilTimesFrom(texts: readonly string[], later: readonly string[] = []): CivilTime[] {
  const rest = [...later];
  return texts.map((text) => {
    const index = rest.indexOf(text);
    if (index !== -1) rest.splice(index, 1);
    return civilTimeFrom(text, index !== -1);
  });
}

/**
 * The original start in a series that has the stored form `text`. In an hour that the clocks repeat, the start lies in the pass
 * in which the series has an occurrence; if both passes have one, in the first pass.
 */
export function originalStartFrom(
  text: string,
  { start, rule, rdates }: Pick<SeriesDefinition, 'start' | 'rule' | 'rdates'>,
): CivilTime {
  const first = parseCivilTime(text);
  const second = first + SECOND_PASS;
  if (start !== second && !rdates.includes(second)) return first;
  if (rdates.includes(first)) return first;
  return start !== second && isStartOf(rule, start, first) ? first : second;
}

function isStartOf(rule: RecurrenceRule | null, start: CivilTime, civil: CivilTime): boolean {
  return rule !== null && new RuleStarts(rule, wallClock(start)).within(civil, civil).length > 0;
}
