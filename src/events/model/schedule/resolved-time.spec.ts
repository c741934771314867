import { describe, expect, test } from '@jest/globals';
import { formatCivilTime, wallClock } from '../../../calendar/time/civil-time.js';
import { formatInstant } from '../../../calendar/time/instant.js';
import { parseWhen, type When } from '../../../calendar/time/when.js';
import { resolveTime } from './resolved-time.js';

const when = (text: string) => parseWhen(text) as When;

describe('a time of a command', () => {
  test.each([
    ['2026-07-05T09:00:00Z', 'Europe/Berlin', '2026-07-05T11:00:00', '2026-07-05T09:00:00Z'],
    ['2026-07-05T09:00:00', 'Europe/Berlin', '2026-07-05T09:00:00', '2026-07-05T07:00:00Z'],
    ['2026-07-05T09:00:00', 'UTC', '2026-07-05T09:00:00', '2026-07-05T09:00:00Z'],
    // The clocks go forward at two, and back at three.
    ['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z'],
    ['2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T01:30:00Z'],
  ])('%s in %s is %s there, at %s', (text, timeZone, civil, instant) => {
    const { start, startAt } = resolveTime('start', when(text), { allDay: false, timeZone });
    expect([formatCivilTime(wallClock(start)), formatInstant(startAt)]).toEqual([civil, instant]);
  });

  test('is a date if the event is all-day', () => {
    const { start, startAt } = resolveTime('start', when('2026-07-05'), {
      allDay: true,
      timeZone: 'Europe/Berlin',
    });
    expect([formatCivilTime(start), formatInstant(startAt)]).toEqual([
      '2026-07-05T00:00:00',
      '2026-07-04T22:00:00Z',
    ]);
  });

  test.each([
    [true, '2026-07-05T09:00:00', 'must be a date, since the event is all-day'],
    [true, '2026-07-05T09:00:00Z', 'must be a date, since the event is all-day'],
    [false, '2026-07-05', 'must have a time of day, unless `allDay` is true'],
  ])('is refused with all-day %s if it is %s', (allDay, text, message) => {
    expect(() => resolveTime('end', when(text), { allDay, timeZone: 'UTC' })).toThrow(
      expect.objectContaining({ kind: 'invalid', errors: [{ field: 'end', message }] }),
    );
  });
});
