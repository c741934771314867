import { expect, test } from '@jest/globals';
import { eventRecord } from '../../../../test/support/core/event-records.js';
import { WrittenRule } from '../../../calendar/recurrence/written-rule.js';
import type { EventRecord } from '../../model/event-record.js';
import { toRepeatDto } from './repeat.mapper.js';

const BERLIN = { timeZone: 'Europe/Berlin', start: '2026-07-06T09:00:00' };

test.each<[string, Partial<EventRecord>, object | null]>([
  ['null if the event does not repeat', {}, null],
  ['dates without a rule', { rdates: ['2026-01-06T09:00:00'] }, { rdates: ['2026-01-06T09:00:00Z'] }],
  [
    'dates as instants',
    { ...BERLIN, rdates: ['2026-07-07T09:00:00'], exdates: ['2026-07-06T09:00:00'] },
    { rdates: ['2026-07-07T07:00:00Z'], exdates: ['2026-07-06T07:00:00Z'] },
  ],
  [
    'dates as dates, if it is all-day',
    { ...BERLIN, allDay: true, rdates: ['2026-07-07T00:00:00'] },
    { rdates: ['2026-07-07'] },
  ],
])('repeat is %s', (_, fields, repeat) => {
  expect(toRepeatDto(eventRecord(fields))).toEqual(repeat);
});

test.each([
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', { frequency: 'weekly', interval: 2, days_of_week: [1] }],
  ['FREQ=DAILY;UNTIL=20260710', { frequency: 'daily', until: '2026-07-10' }],
  ['FREQ=DAILY;UNTIL=20260710T090000', { frequency: 'daily', until: '2026-07-10T07:00:00Z' }],
])('the rule %s has words', (text, repeat) => {
  expect(toRepeatDto(eventRecord({ ...BERLIN, rule: new WrittenRule(text) }))).toEqual(repeat);
});

test.each([
  'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO',
  'FREQ=YEARLY;BYDAY=1MO',
  'FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=1',
  'FREQ=MONTHLY;BYMONTHDAY=1,15',
  'FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR',
  'FREQ=MONTHLY;BYDAY=1MO,2TU',
  'FREQ=DAILY;BYMONTH=1',
  'FREQ=DAILY;BYHOUR=9,17',
])('the rule %s has none', (text) => {
  expect(toRepeatDto(eventRecord({ rule: new WrittenRule(text) }))).toEqual({ rrule: text });
});
