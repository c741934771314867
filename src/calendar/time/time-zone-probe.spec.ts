import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from './civil-time.js';
import { findTransitions, offsetProbe } from './time-zone-probe.js';

function twoChangesInTwoDays(instant: number): number {
  if (instant < DAY) return 0;
  return instant < 2 * DAY ? HOUR : 2 * HOUR;
}

describe('the offset of a zone at an instant', () => {
  test.each([
    ['UTC', '2026-01-01T00:00:00Z', 0],
    ['Europe/Moscow', '2026-01-01T00:00:00Z', 3 * HOUR],
    ['America/New_York', '2026-01-01T00:00:00Z', -5 * HOUR],
    ['America/New_York', '2026-07-01T00:00:00Z', -4 * HOUR],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 5 * HOUR + 45 * MINUTE],
    ['America/St_Johns', '2026-01-01T00:00:00Z', -(3 * HOUR + 30 * MINUTE)],
    ['Africa/Monrovia', '1971-01-01T00:00:00Z', -(44 * MINUTE + 30 * SECOND)],
    ['Pacific/Kiritimati', '2026-01-01T00:00:00Z', 14 * HOUR],
  ])('%s, %s: %i ms', (zone, instant, offset) => {
    expect(offsetProbe(zone)(Date.parse(instant))).toBe(offset);
  });

  test('of a zone that Intl does not have', () => {
    expect(() => offsetProbe('Mars/Olympus')).toThrow(RangeError);
  });
});

describe('the transitions of a zone', () => {
  test.each<[string, string, string, string, [at: string, before: number, after: number][]]>([
    ['none', 'UTC', '2000-01-01T00:00:00Z', '2010-01-01T00:00:00Z', []],
    [
      'to the second',
      'Africa/Monrovia',
      '1971-12-30T00:00:00Z',
      '1972-02-01T00:00:00Z',
      [['1972-01-07T00:44:30Z', -(44 * MINUTE + 30 * SECOND), 0]],
    ],
    [
      'a summer of seven days',
      'America/Noronha',
      '2000-09-01T00:00:00Z',
      '2000-12-01T00:00:00Z',
      [
        ['2000-10-08T02:00:00Z', -2 * HOUR, -HOUR],
        ['2000-10-15T01:00:00Z', -HOUR, -2 * HOUR],
      ],
    ],
    [
      'a skipped day',
      'Pacific/Apia',
      '2011-12-01T00:00:00Z',
      '2012-01-01T00:00:00Z',
      [['2011-12-30T10:00:00Z', -10 * HOUR, 14 * HOUR]],
    ],
    [
      'the end of the range included',
      'America/New_York',
      '2026-02-01T00:00:00Z',
      '2026-03-08T07:00:00Z',
      [['2026-03-08T07:00:00Z', -5 * HOUR, -4 * HOUR]],
    ],
    ['the instant before it', 'America/New_York', '2026-02-01T00:00:00Z', '2026-03-08T06:59:59Z', []],
    [
      'the start of the range excluded',
      'America/New_York',
      '2026-03-08T07:00:00Z',
      '2026-06-01T00:00:00Z',
      [],
    ],
    ['an empty range', 'America/New_York', '2026-03-08T07:00:00Z', '2026-03-08T07:00:00Z', []],
    ['a reversed range', 'America/New_York', '2026-06-01T00:00:00Z', '2026-01-01T00:00:00Z', []],
  ])('%s', (_case, zone, from, to, expected) => {
    expect(findTransitions(offsetProbe(zone), Date.parse(from), Date.parse(to))).toEqual(
      expected.map(([at, before, after]) => ({ at: Date.parse(at), before, after })),
    );
  });

  test('two that follow within one step of the probe', () => {
    expect(findTransitions(twoChangesInTwoDays, 0, 30 * DAY)).toEqual([
      { at: DAY, before: 0, after: HOUR },
      { at: 2 * DAY, before: HOUR, after: 2 * HOUR },
    ]);
  });
});
