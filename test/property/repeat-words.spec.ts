import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { formatRecurrenceRule } from '../../src/calendar/recurrence/rule/rule-text.js';
import { WrittenRule } from '../../src/calendar/recurrence/written-rule.js';
import { DAY, formatCivilDate, parseCivilTime } from '../../src/calendar/time/civil-time.js';
import type { RepeatDto } from '../../src/events/rest/dto/repeat.dto.js';
import { toRepeatDto } from '../../src/events/rest/repeat/repeat.mapper.js';
import { toNamedRule } from '../../src/events/rest/repeat/repeat-rule.js';
import { printedSeed } from '../support/core/seed.js';

const START = '2022-09-06T09:00:00';

const weekdays = fc
  .subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 })
  .map((days_of_week) => ({ days_of_week }));
const signed = (most: number) => fc.integer({ min: -most, max: most }).filter((value) => value !== 0);
const weekOfMonth = fc.record({ week_of_month: signed(5) }, { requiredKeys: [] });
const dayOfMonth = signed(31).map((day_of_month) => ({ day_of_month }));
const monthOfYear = fc.integer({ min: 1, max: 12 }).map((month_of_year) => ({ month_of_year }));
const nothing = fc.constant({});
const together = (...words: fc.Arbitrary<RepeatDto>[]): fc.Arbitrary<RepeatDto> =>
  fc.tuple(...words).map((parts) => Object.assign({}, ...parts));
const numbered = together(weekdays, weekOfMonth);

/** Which days of its period each frequency of the menu can name. */
const menu: fc.Arbitrary<RepeatDto> = fc.oneof(
  together(fc.constant({ frequency: 'daily' }), fc.oneof(nothing, weekdays)),
  together(fc.constant({ frequency: 'weekly' }), fc.oneof(nothing, weekdays)),
  together(fc.constant({ frequency: 'monthly' }), fc.oneof(nothing, dayOfMonth, numbered)),
  together(fc.constant({ frequency: 'yearly' })),
  together(fc.constant({ frequency: 'yearly' }), monthOfYear, fc.oneof(nothing, dayOfMonth, numbered)),
);
const interval = fc.oneof(
  nothing,
  fc.integer({ min: 2, max: 999 }).map((value) => ({ interval: value })),
);
const end = fc.oneof(
  nothing,
  fc.integer({ min: 1, max: 1_000 }).map((count) => ({ count })),
  fc
    .integer({ min: 0, max: 10_000 })
    .map((days) => ({ until: formatCivilDate(parseCivilTime(START) + days * DAY) })),
);

test('the words of the menu come back from the rule that they make', () => {
  fc.assert(
    fc.property(together(menu, interval, end), (repeat) => {
      const named = toNamedRule(repeat);
      const series = {
        allDay: false,
        timeZone: 'America/New_York',
        start: START,
        rule: named && new WrittenRule(formatRecurrenceRule(named.rule)),
        rdates: [],
        exdates: [],
        secondPasses: null,
      };
      expect(toRepeatDto(series)).toEqual(repeat);
    }),
    { seed: printedSeed('words of the menu'), numRuns: 3_000 },
  );
});
