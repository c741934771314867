import { describe, expect, test } from '@jest/globals';
import { DAY, formatCivilTime, HOUR, MINUTE, parseCivilTime, SECOND, SECOND_PASS } from './civil-time.js';
import { MAX_TIME_ZONE_NAME_LENGTH } from './names/time-zone-name.js';
import { NumberBuffer } from './number-buffer.js';
import { isTimeZone, timeZone } from './time-zone.js';
import { findTransitions, offsetProbe } from './time-zone-probe.js';

const instant = (text: string) => Date.parse(text);
const utc = (at: number) => new Date(at).toISOString().replace('.000', '');

describe('civil time to instant', () => {
  test.each([
    ['an ordinary time', 'Europe/Moscow', '2022-09-06T17:16:47', '2022-09-06T14:16:47Z'],
    ['a gap: the offset before it', 'America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00Z'],
    ['the first second of a gap', 'America/New_York', '2026-03-08T02:00:00', '2026-03-08T07:00:00Z'],
    ['the first second after a gap', 'America/New_York', '2026-03-08T03:00:00', '2026-03-08T07:00:00Z'],
    ['an overlap: the first', 'America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00Z'],
    ['the last second of an overlap', 'America/New_York', '2026-11-01T01:59:59', '2026-11-01T05:59:59Z'],
    ['the first second after an overlap', 'America/New_York', '2026-11-01T02:00:00', '2026-11-01T07:00:00Z'],
    [
      'a change of standard time that overlaps',
      'Europe/Moscow',
      '2014-10-26T01:30:00',
      '2014-10-25T21:30:00Z',
    ],
    ['a change of standard time that gaps', 'Europe/Moscow', '2011-03-27T02:30:00', '2011-03-26T23:30:00Z'],
    ['half an hour of summer, gap', 'Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:45:00Z'],
    ['half an hour of summer, overlap', 'Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00Z'],
    ['a day that was skipped', 'Pacific/Apia', '2011-12-30T09:00:00', '2011-12-30T19:00:00Z'],
    ['the day after it, the same instant', 'Pacific/Apia', '2011-12-31T09:00:00', '2011-12-30T19:00:00Z'],
    ['a gap at midnight', 'America/Sao_Paulo', '2018-11-04T00:00:00', '2018-11-04T03:00:00Z'],
    ['an offset of 45 minutes', 'Asia/Kathmandu', '2024-01-01T00:00:00', '2023-12-31T18:15:00Z'],
    ['an offset with seconds', 'Africa/Monrovia', '1950-01-01T00:00:00', '1950-01-01T00:44:30Z'],
    ['a summer of seven days', 'America/Noronha', '2000-10-10T12:00:00', '2000-10-10T13:00:00Z'],
    ['the far future', 'America/New_York', '2999-07-01T12:00:00', '2999-07-01T16:00:00Z'],
  ])('%s: %s %s is %s', (_case, zone, civil, expected) => {
    expect(utc(timeZone(zone).toInstant(parseCivilTime(civil)))).toBe(expected);
    const [civils, instants] = [new NumberBuffer(), new NumberBuffer()];
    civils.add(parseCivilTime(civil));
    timeZone(zone).addInstants(civils, instants);
    expect(instants.toArray().map(utc)).toEqual([expected]);
  });
});

describe('civil time of the second pass', () => {
  test.each([
    ['an overlap', 'America/New_York', '2026-11-01T01:30:00', '2026-11-01T06:30:00Z'],
    ['the first second of an overlap', 'America/New_York', '2026-11-01T01:00:00', '2026-11-01T06:00:00Z'],
    ['the last second of an overlap', 'America/New_York', '2026-11-01T01:59:59', '2026-11-01T06:59:59Z'],
    ['half an hour of summer', 'Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T15:15:00Z'],
    ['a change of standard time', 'Europe/Moscow', '2014-10-26T01:30:00', '2014-10-25T22:30:00Z'],
    ['a repeated day', 'Pacific/Kwajalein', '1969-09-30T12:00:00', '1969-10-01T00:00:00Z'],
    ['no overlap: the only pass', 'America/New_York', '2026-11-01T02:00:00', '2026-11-01T07:00:00Z'],
    ['a gap: as without the pass', 'America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00Z'],
  ])('%s: %s %s is %s', (_case, name, civil, expected) => {
    const zone = timeZone(name);
    const second = zone.toInstant(parseCivilTime(civil) + SECOND_PASS);
    expect(utc(second)).toBe(expected);
    expect(zone.toInstant(zone.toExactCivil(second))).toBe(second);
  });
});

describe('instant to civil time', () => {
  test.each([
    ['before a gap', 'America/New_York', '2026-03-08T06:59:59Z', '2026-03-08T01:59:59'],
    ['after a gap', 'America/New_York', '2026-03-08T07:00:00Z', '2026-03-08T03:00:00'],
    ['first of an overlap', 'America/New_York', '2026-11-01T05:30:00Z', '2026-11-01T01:30:00'],
    ['second of an overlap', 'America/New_York', '2026-11-01T06:30:00Z', '2026-11-01T01:30:00'],
    ['Apia before its missing day', 'Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29T23:59:59'],
    ['Apia after its missing day', 'Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31T00:00:00'],
  ])('%s: %s %s is %s', (_case, zone, at, expected) => {
    expect(formatCivilTime(timeZone(zone).toCivil(instant(at)))).toBe(expected);
  });

  test('outside 1900 to 2999 the nearest offset holds on', () => {
    expect(timeZone('Asia/Tokyo').offsetAt(8.64e15)).toBe(9 * HOUR);
    expect(Number.isFinite(timeZone('America/New_York').toInstant(-8.64e15))).toBe(true);
  });
});

describe('transitions', () => {
  test('are found one after another, and only strictly inside the bounds', () => {
    const zone = timeZone('America/New_York');
    const [spring, autumn] = [instant('2026-03-08T07:00:00Z'), instant('2026-11-01T06:00:00Z')];
    expect(zone.nextTransition(instant('2026-01-01T00:00:00Z'), instant('2027-01-01T00:00:00Z'))).toBe(
      spring,
    );
    expect(zone.nextTransition(spring, instant('2027-01-01T00:00:00Z'))).toBe(autumn);
    expect(zone.nextTransition(spring, autumn)).toBeNull();
    expect(zone.nextTransition(spring, autumn + 1)).toBe(autumn);
  });

  test('UTC has none, and an absurd horizon ends', () => {
    expect(timeZone('UTC').nextTransition(0, 8.64e15)).toBeNull();
  });
});

describe('names', () => {
  test.each([
    ['europe/moscow', 'Europe/Moscow'],
    ['ASIA/KOLKATA', 'Asia/Kolkata'],
    ['utc', 'UTC'],
  ])('%s is the same zone as %s', (asked, name) => {
    expect(timeZone(asked).name).toBe(name);
    expect(timeZone(asked)).toBe(timeZone(name));
  });

  test.each(['', '+05:00', 'Mars/Olympus', 'Factory'])('%j is not accepted', (name) => {
    expect(isTimeZone(name)).toBe(false);
    expect(() => timeZone(name)).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'unknown_time_zone' }),
    );
  });

  test('a name is accepted before and after its first use', () => {
    expect(isTimeZone('indian/cocos')).toBe(true);
    timeZone('Indian/Cocos');
    expect(isTimeZone('Indian/Cocos')).toBe(true);
  });

  test('an error repeats no more than the largest length of a name', () => {
    const name = 'x'.repeat(MAX_TIME_ZONE_NAME_LENGTH);
    expect(() => timeZone(`${name}y`)).toThrow(`"${name}" is not`);
  });

  test('a day is 24 hours of UTC', () => {
    expect(timeZone('UTC').toInstant(DAY)).toBe(DAY);
  });
});

function twoChangesInTwoDays(at: number): number {
  if (at < DAY) return 0;
  return at < 2 * DAY ? HOUR : 2 * HOUR;
}

describe('the offset of the probe', () => {
  test.each([
    ['UTC', '2026-01-01T00:00:00Z', 0],
    ['Europe/Moscow', '2026-01-01T00:00:00Z', 3 * HOUR],
    ['America/New_York', '2026-01-01T00:00:00Z', -5 * HOUR],
    ['America/New_York', '2026-07-01T00:00:00Z', -4 * HOUR],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 5 * HOUR + 45 * MINUTE],
    ['America/St_Johns', '2026-01-01T00:00:00Z', -(3 * HOUR + 30 * MINUTE)],
    ['Africa/Monrovia', '1971-01-01T00:00:00Z', -(44 * MINUTE + 30 * SECOND)],
    ['Pacific/Kiritimati', '2026-01-01T00:00:00Z', 14 * HOUR],
  ])('%s, %s: %i ms', (zone, at, offset) => {
    expect(offsetProbe(zone)(instant(at))).toBe(offset);
  });

  test('of a zone that Intl does not have', () => {
    expect(() => offsetProbe('Mars/Olympus')).toThrow(RangeError);
  });
});

describe('the transitions of the probe', () => {
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
