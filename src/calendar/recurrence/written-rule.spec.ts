import { describe, expect, test } from '@jest/globals';
import { CalendarError } from '../calendar-error.js';
import { parseRecurrenceRule } from './rule/rule-text.js';
import { WrittenRule } from './written-rule.js';

describe('a written rule', () => {
  test('has the rule of its text, parsed once', () => {
    const written = new WrittenRule('FREQ=DAILY;COUNT=3');
    expect(written.rule).toEqual(parseRecurrenceRule('FREQ=DAILY;COUNT=3'));
    expect(written.rule).toBe(written.rule);
  });

  test('has the canonical text of its rule', () => {
    const rule = parseRecurrenceRule('BYDAY=+1TU;FREQ=MONTHLY;INTERVAL=1');
    expect(WrittenRule.of(rule).text).toBe('FREQ=MONTHLY;BYDAY=1TU');
    expect(WrittenRule.of(rule).rule).toBe(rule);
  });

  test('refuses a wrong text when the rule is read', () => {
    const written = new WrittenRule('FREQ=HOURLY');
    expect(() => written.rule).toThrow(CalendarError);
  });
});
