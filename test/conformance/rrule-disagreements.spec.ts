// Node loads the CommonJS build of rrule, whose names it cannot see: only the default import works.
// oxlint-disable import/default, import/no-named-as-default-member
import { describe, expect, test } from '@jest/globals';
import rrule from 'rrule';
import { parseCivilTime } from '../../src/calendar/time/civil-time.js';
import { daysAt } from '../support/core/dates.js';
import { civilStartsOf, occurrences } from '../support/core/series.js';

const { RRule } = rrule;

/** The reason, the start, the rule, the first days that are right, and those of `rrule` 2.8.1. */
const DISAGREEMENTS: [string, string, string, string, string][] = [
  [
    'two positions of BYSETPOS that choose one occurrence yield it twice',
    '20240101',
    'FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=1,-1;COUNT=3',
    '2024 Jan 1 Feb 1 Mar 1',
    '2024 Jan 1 1 Feb 1',
  ],
  [
    'a position of BYSETPOS before the first of its set chooses the first',
    '20240101',
    'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-5;COUNT=2',
    '2024 Jan 1 Apr 1',
    '2024 Jan 1 Feb 5',
  ],
  [
    'BYSETPOS counts only what follows the start in the first week',
    '20240103',
    'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1;COUNT=2',
    '2024 Jan 8 15',
    '2024 Jan 3 8',
  ],
  [
    'BYDAY with and without ordinals yields what is in both, not in either',
    '20240101',
    'FREQ=MONTHLY;BYDAY=MO,-1FR;UNTIL=20240131T000000Z',
    '2024 Jan 1 8 15 22 26 29',
    '',
  ],
  [
    'week 1 of the next year, counted from its end, is not found in December',
    '19970101',
    'FREQ=YEARLY;BYWEEKNO=-53;BYDAY=MO;UNTIL=19981231T000000Z',
    '1997 Dec 29',
    '',
  ],
  [
    'the days before week 1 are not known to be in week 52',
    '20220101',
    'FREQ=YEARLY;BYWEEKNO=52;BYDAY=MO;WKST=TU;UNTIL=20230201T000000Z',
    '2023 Jan 2',
    '',
  ],
];

describe('where rrule is wrong', () => {
  test.each(DISAGREEMENTS)('%s', (_reason, start, rule, right, wrong) => {
    expect(civilStartsOf(occurrences({ start, rule }))).toEqual(daysAt('00:00:00', right));
    const reference = new RRule(
      { ...RRule.parseString(rule), dtstart: new Date(parseCivilTime(start)) },
      true,
    );
    const days = reference.all().map((date) => date.toISOString().slice(0, 19));
    expect(days).toEqual(daysAt('00:00:00', wrong));
  });
});
