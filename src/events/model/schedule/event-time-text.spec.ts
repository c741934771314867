import { describe, expect, test } from '@jest/globals';
import { parseCivilTime } from '../../../calendar/time/civil-time.js';
import { formatEventCivilTime, formatEventTime } from './event-time-text.js';

const MIDNIGHT_IN_BERLIN = Date.UTC(2026, 6, 4, 22);

describe('a time of an event', () => {
  test.each([
    [false, 'UTC', '2026-07-04T22:00:00Z'],
    [false, 'Europe/Berlin', '2026-07-04T22:00:00Z'],
    [true, 'UTC', '2026-07-04'],
    [true, 'Europe/Berlin', '2026-07-05'],
  ])('that is all-day: %s, in %s, is written as %s', (allDay, timeZone, text) => {
    expect(formatEventTime({ allDay, timeZone }, MIDNIGHT_IN_BERLIN)).toBe(text);
  });

  test.each([
    [false, 'UTC', '2026-07-05T00:00:00Z'],
    [false, 'Europe/Berlin', '2026-07-04T22:00:00Z'],
    [true, 'Europe/Berlin', '2026-07-05'],
  ])('that is civil, all-day: %s, in %s, is written as %s', (allDay, timeZone, text) => {
    const civil = parseCivilTime('2026-07-05T00:00:00');
    expect(formatEventCivilTime({ allDay, timeZone }, civil)).toBe(text);
  });
});
