import { describe, expect, test } from '@jest/globals';
import { parseCivilTime } from '../../time/civil-time.js';
import { movedRule } from './moved-rule.js';
import { formatRecurrenceRule, parseRecurrenceRule } from './rule-text.js';

/** 7 January 2027 is a Thursday. */
describe('the rule of a series that moves to a start', () => {
  test.each([
    ['FREQ=DAILY', '2027-01-07T09:00:00', 'FREQ=DAILY'],
    ['FREQ=WEEKLY;BYDAY=MO', '2027-01-07T09:00:00', 'FREQ=WEEKLY;BYDAY=TH'],
    ['FREQ=WEEKLY;BYDAY=MO,TH', '2027-01-07T09:00:00', 'FREQ=WEEKLY;BYDAY=MO,TH'],
    ['FREQ=WEEKLY;BYDAY=MO,TU', '2027-01-07T09:00:00', null],
    ['FREQ=MONTHLY', '2027-01-31T09:00:00', 'FREQ=MONTHLY'],
    ['FREQ=MONTHLY;BYMONTHDAY=6', '2027-01-31T09:00:00', 'FREQ=MONTHLY;BYMONTHDAY=31'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2027-01-30T09:00:00', 'FREQ=MONTHLY;BYMONTHDAY=-2'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2027-01-31T09:00:00', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15', '2027-01-07T09:00:00', null],
    ['FREQ=MONTHLY;BYDAY=1TU', '2027-01-13T09:00:00', 'FREQ=MONTHLY;BYDAY=2WE'],
    ['FREQ=MONTHLY;BYDAY=-1TU', '2027-01-29T09:00:00', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['FREQ=MONTHLY;BYDAY=TU', '2027-01-07T09:00:00', 'FREQ=MONTHLY;BYDAY=TH'],
    ['FREQ=MONTHLY;BYDAY=1TU,3TU', '2027-01-13T09:00:00', null],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '2027-01-14T09:00:00', 'FREQ=MONTHLY;BYMONTHDAY=14;BYDAY=TH'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2027-01-28T09:00:00', null],
    ['FREQ=YEARLY', '2027-01-07T09:00:00', 'FREQ=YEARLY'],
    ['FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=6', '2027-01-07T09:00:00', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=7'],
    ['FREQ=YEARLY;BYMONTH=9;BYDAY=1TU', '2027-01-07T09:00:00', 'FREQ=YEARLY;BYMONTH=1;BYDAY=1TH'],
    ['FREQ=YEARLY;BYDAY=20MO', '2027-01-07T09:00:00', 'FREQ=YEARLY;BYDAY=1TH'],
    ['FREQ=YEARLY;BYMONTH=1,6', '2027-02-07T09:00:00', null],
    ['FREQ=YEARLY;BYYEARDAY=4', '2027-01-05T09:00:00', null],
    ['FREQ=DAILY;BYHOUR=9;BYMINUTE=30', '2027-01-07T11:15:00', 'FREQ=DAILY;BYHOUR=11;BYMINUTE=15'],
    ['FREQ=DAILY;BYHOUR=9,17', '2027-01-07T11:00:00', null],
    ['FREQ=DAILY;BYHOUR=9,17', '2027-01-07T17:00:00', 'FREQ=DAILY;BYHOUR=9,17'],
  ])('%s to %s is %s', (rule, start, moved) => {
    const found = movedRule(parseRecurrenceRule(rule), parseCivilTime(start));
    expect(found && formatRecurrenceRule(found)).toBe(moved);
  });
});
