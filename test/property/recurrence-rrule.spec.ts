import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseRecurrenceRule } from '../../src/calendar/recurrence/rule/rule-text.js';
import { compileSeries } from '../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { civilTimeOf, DAY, HOUR } from '../../src/calendar/time/civil-time.js';
import { endlessRuleText } from '../support/core/arbitrary-rule.js';
import { RRULE_BUGS, rruleStarts } from '../support/core/rrule-reference.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';

const start = fc
  .integer({ min: civilTimeOf(1990, 1, 1) / HOUR, max: civilTimeOf(2031, 1, 1) / HOUR })
  .map((hours) => hours * HOUR);

describe('the engine and rrule, fast-forwarded, in floating time', () => {
  test('agree wherever rrule is right', () => {
    fc.assert(
      fc.property(
        endlessRuleText,
        start,
        fc.nat(4_000),
        fc.integer({ min: 1, max: 800 }),
        (text, from, after, days) => {
          const rule = parseRecurrenceRule(text);
          fc.pre(!RRULE_BUGS.some((bug) => bug.applies(rule)));
          const series = compileSeries({
            start: from,
            timeZone: 'UTC',
            allDay: false,
            length: { seconds: 1 },
            rule,
            rdates: [],
            exdates: [],
            overrides: [],
          });
          const window = { start: from + after * DAY, end: from + (after + days) * DAY };
          const [next] = occurrencesIn(series, { start: window.end, end: window.end + 4_000 * DAY });
          fc.pre(next !== undefined);
          const found = [...occurrencesIn(series, window)].map((occurrence) => occurrence.start);
          expect(found.filter((at) => at >= window.start)).toEqual(
            rruleStarts(rule, from, window.start, window.end - 1),
          );
        },
      ),
      { numRuns: PROPERTY_RUNS, seed: printedSeed('engine = rrule') },
    );
  }, 300_000);
});
