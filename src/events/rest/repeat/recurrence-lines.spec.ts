import { expect, test } from '@jest/globals';
import { eventRecord } from '../../../../test/support/core/event-records.js';
import { WrittenRule } from '../../../calendar/recurrence/written-rule.js';
import type { EventRecord } from '../../model/event-record.js';
import { iCalendarRule, recurrenceLines, rruleText } from './recurrence-lines.js';

const BERLIN = { timeZone: 'Europe/Berlin', start: '2026-10-24T02:30:00' };
const REPEATED_HOUR = '2026-10-25T02:30:00';
const rule = new WrittenRule('FREQ=DAILY;UNTIL=20261101');

test.each<[string, Partial<EventRecord>, string | null, string[]]>([
  ['no recurrence', {}, null, []],
  [
    'UNTIL in UTC',
    { ...BERLIN, rule },
    'DTSTART;TZID=Europe/Berlin:20261024T023000\nFREQ=DAILY;UNTIL=20261101T225959Z',
    ['RRULE:FREQ=DAILY;UNTIL=20261101T225959Z'],
  ],
  [
    'UNTIL as a date, if it is all-day',
    { allDay: true, start: '2026-10-24T00:00:00', rule },
    'DTSTART;VALUE=DATE:20261024\nFREQ=DAILY;UNTIL=20261101',
    ['RRULE:FREQ=DAILY;UNTIL=20261101'],
  ],
  [
    'dates in UTC',
    { rdates: ['2026-01-06T09:00:00', '2026-01-07T09:00:00'], exdates: ['2026-01-06T09:00:00'] },
    null,
    ['RDATE:20260106T090000Z,20260107T090000Z', 'EXDATE:20260106T090000Z'],
  ],
  [
    'the second pass of a repeated hour in UTC',
    {
      ...BERLIN,
      rdates: [REPEATED_HOUR, REPEATED_HOUR],
      secondPasses: { start: false, rdates: [REPEATED_HOUR], exdates: [], moved: [] },
    },
    null,
    ['RDATE;TZID=Europe/Berlin:20261025T023000', 'RDATE:20261025T013000Z'],
  ],
])('an event has %s', (_, fields, text, lines) => {
  const event = eventRecord(fields);
  expect(rruleText(event)).toBe(text);
  expect(recurrenceLines(event)).toEqual(lines);
});

test('a rule without UNTIL is written as it is stored', () => {
  const text = 'FREQ=MONTHLY;BYDAY=-1FR';
  expect(iCalendarRule(eventRecord({ rule: new WrittenRule(text) }))).toBe(text);
});
