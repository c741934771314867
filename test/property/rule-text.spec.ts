import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { checkedRule } from '../../src/calendar/recurrence/rule/checked-rule.js';
import { formatRecurrenceRule, parseRecurrenceRule } from '../../src/calendar/recurrence/rule/rule-text.js';
import { parseCivilTime } from '../../src/calendar/time/civil-time.js';
import { ruleTextFor } from '../support/core/arbitrary-rule.js';
import { printedSeed } from '../support/core/seed.js';

const seed = printedSeed('rule text');
const ruleText = ruleTextFor(parseCivilTime('2022-09-06T09:00:00'));
const options = { seed, numRuns: 3_000 };

/** The same parts in another order: RFC 5545 gives the order no meaning. */
const shuffled = (text: string) =>
  fc.shuffledSubarray(text.split(';'), { minLength: text.split(';').length }).map((parts) => parts.join(';'));

describe('the text of a rule', () => {
  test('is what is written of the rule that it was read as', () => {
    fc.assert(
      fc.property(ruleText, (text) => {
        const canonical = formatRecurrenceRule(parseRecurrenceRule(text));
        expect(formatRecurrenceRule(parseRecurrenceRule(canonical))).toBe(canonical);
      }),
      options,
    );
  });

  test('written of a rule is read as that rule', () => {
    fc.assert(
      fc.property(ruleText, (text) => {
        const rule = parseRecurrenceRule(text);
        expect(parseRecurrenceRule(formatRecurrenceRule(rule))).toEqual(rule);
      }),
      options,
    );
  });

  test('is read as the same rule in any order and any case', () => {
    fc.assert(
      fc.property(
        ruleText.chain((text) => fc.tuple(fc.constant(text), shuffled(text))),
        ([text, other]) => {
          expect(parseRecurrenceRule(`rrule:${other.toLowerCase()}`)).toEqual(parseRecurrenceRule(text));
        },
      ),
      options,
    );
  });

  test('is read as a rule that is checked already', () => {
    fc.assert(
      fc.property(ruleText, (text) => {
        const rule = parseRecurrenceRule(text);
        expect(checkedRule(rule)).toEqual(rule);
      }),
      options,
    );
  });
});
