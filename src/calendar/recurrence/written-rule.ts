import type { RecurrenceRule } from './rule/recurrence-rule.js';
import { formatRecurrenceRule, parseRecurrenceRule } from './rule/rule-text.js';

/**
 * A rule and its text, as a store keeps it. The text identifies the rule, so that a cache needs no rule value. The rule is
 * parsed when it is first read, and at most once.
 * @example new WrittenRule('FREQ=DAILY;COUNT=3').rule.count // 3
 */
export class WrittenRule {
  #rule: RecurrenceRule | null = null;

  /** @param text a text that `formatRecurrenceRule` wrote; another one is refused when `rule` is read */
  constructor(readonly text: string) {}

  /**
   * The rule with its canonical text.
   * @example WrittenRule.of(daily).text // 'FREQ=DAILY'
   */
  static of(rule: RecurrenceRule): WrittenRule {
    const written = new WrittenRule(formatRecurrenceRule(rule));
    written.#rule = rule;
    return written;
  }

  /** @throws {CalendarError} all errors of `parseRecurrenceRule` */
  get rule(): RecurrenceRule {
    return (this.#rule ??= parseRecurrenceRule(this.text));
  }
}
