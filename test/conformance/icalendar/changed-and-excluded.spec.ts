import { describe, expect, test } from '@jest/globals';
import type { ICalendarEvent } from '../../../src/calendar/icalendar/model/icalendar-event.js';
import { isSameEvent } from '../../../src/calendar/icalendar/write/same-event.js';
import { compileSeries } from '../../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn } from '../../../src/calendar/recurrence/series/recurrence-set.js';
import { calendarText, objectOf, writtenLines } from '../../support/icalendar/read-files.js';

const SERIES = [
  'UID:1',
  'DTSTART;TZID=Europe/Berlin:20300330T023000',
  'DTEND;TZID=Europe/Berlin:20300330T033000',
  'RRULE:FREQ=DAILY;COUNT=4',
];
const CHANGED = ['DTSTART;TZID=Europe/Berlin:20300331T120000', 'DTEND;TZID=Europe/Berlin:20300331T130000'];

function read(recurrenceId: string, exdate: string, ...more: readonly string[]): ICalendarEvent {
  const text = calendarText([...SERIES, exdate], ['UID:1', recurrenceId, ...CHANGED, ...more]);
  return objectOf(text).events[0];
}

function exdatesOf(event: ICalendarEvent): string[] {
  return writtenLines(event).filter((line) => line.startsWith('EXDATE'));
}

function starts(event: ICalendarEvent): string[] {
  const window = { start: Date.UTC(2030, 0), end: Date.UTC(2031, 0) };
  return [...occurrencesIn(compileSeries(event), window)].map(({ start }) => new Date(start).toISOString());
}

describe('an EXDATE and a changed occurrence of one original start', () => {
  const [ID, OTHER] = ['20300331T023000', '20300402T023000'];
  const recurrenceId = `RECURRENCE-ID;TZID=Europe/Berlin:${ID}`;

  test.each([
    ['in one property', `EXDATE;TZID=Europe/Berlin:${ID}`, []],
    ['beside another', `EXDATE;TZID=Europe/Berlin:${ID},${OTHER}`, [`EXDATE;TZID=Europe/Berlin:${OTHER}`]],
    [
      'beside another, with parameters',
      `EXDATE;X-A=1;TZID=Europe/Berlin:${OTHER},${ID}`,
      [`EXDATE;X-A=1;TZID=Europe/Berlin:${OTHER}`],
    ],
    ['by the time after the gap of the clocks', 'EXDATE;TZID=Europe/Berlin:20300331T033000', []],
  ])('%s mean the changed occurrence, which alone is written', (_, exdate, expected) => {
    const event = read(recurrenceId, exdate);
    expect(starts(event)).toContain('2030-03-31T10:00:00.000Z');
    expect(exdatesOf(event)).toEqual(expected);
    expect(writtenLines(event)).toEqual(expect.arrayContaining([recurrenceId, ...CHANGED]));
    const again = read(recurrenceId, expected[0] ?? 'X-NO-EXDATE:1');
    expect(starts(again)).toEqual(starts(event));
    expect(isSameEvent(event, read(recurrenceId, exdate))).toBe(true);
  });

  test('are both written if the occurrence is cancelled', () => {
    const exdate = `EXDATE;TZID=Europe/Berlin:${ID}`;
    const event = read(recurrenceId, exdate, 'STATUS:CANCELLED');
    expect(starts(event)).toHaveLength(3);
    expect(exdatesOf(event)).toEqual([exdate]);
    const restored = event.overrides.map((override) => ({ ...override, cancelled: false }));
    expect(exdatesOf({ ...event, overrides: restored })).toEqual([]);
  });

  test('of dates mean the changed date', () => {
    const days = ['UID:1', 'DTSTART;VALUE=DATE:20300330', 'RRULE:FREQ=DAILY;COUNT=4'];
    const text = calendarText(
      [...days, 'EXDATE;VALUE=DATE:20300331,20300401'],
      ['UID:1', 'RECURRENCE-ID;VALUE=DATE:20300331', 'DTSTART;VALUE=DATE:20300331', 'SUMMARY:Changed'],
    );
    const [event] = objectOf(text).events;
    expect(starts(event)).toHaveLength(3);
    expect(exdatesOf(event)).toEqual(['EXDATE;VALUE=DATE:20300401']);
  });
});
