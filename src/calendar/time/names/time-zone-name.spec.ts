import { describe, expect, test } from '@jest/globals';
import { canonicalTimeZoneName, MAX_TIME_ZONE_NAME_LENGTH } from './time-zone-name.js';
import { TIME_ZONE_NAMES } from './time-zone-names.js';

/** Node.js may have older data than the list: zones since 2025. */
const NEWER_THAN_INTL = new Set(['America/Coyhaique']);

describe('the canonical name of a time zone', () => {
  test.each([
    ['Europe/Moscow', 'Europe/Moscow'],
    ['europe/moscow', 'Europe/Moscow'],
    ['ASIA/KOLKATA', 'Asia/Kolkata'],
    ['europe/kyiv', 'Europe/Kyiv'],
    ['europe/kiev', 'Europe/Kiev'],
    ['us/eastern', 'US/Eastern'],
    ['us/pacific-new', 'US/Pacific-New'],
    ['canada/east-saskatchewan', 'Canada/East-Saskatchewan'],
    ['america/argentina/comodrivadavia', 'America/Argentina/ComodRivadavia'],
    ['africa/dar_es_salaam', 'Africa/Dar_es_Salaam'],
    ['america/port-au-prince', 'America/Port-au-Prince'],
    ['etc/gmt+5', 'Etc/GMT+5'],
    ['gmt0', 'GMT0'],
    ['est5edt', 'EST5EDT'],
    ['utc', 'UTC'],
  ])('of %s is %s', (asked, name) => {
    expect(canonicalTimeZoneName(asked)).toBe(name);
  });

  test.each([
    '',
    '+05:00',
    '-0300',
    'Z',
    'Mars/Olympus',
    'IST',
    'PST',
    'SystemV/EST5',
    'Europe/Moscow ',
    'local',
    'Factory',
  ])('of %j does not exist', (name) => {
    expect(canonicalTimeZoneName(name)).toBeNull();
  });

  test('of each zone that Intl lists is its own name', () => {
    const names = Intl.supportedValuesOf('timeZone');
    expect(names.filter((name) => canonicalTimeZoneName(name.toUpperCase()) !== name)).toEqual([]);
  });

  test('of each zone and link of the IANA database is its own name', () => {
    const names = TIME_ZONE_NAMES.filter((name) => !NEWER_THAN_INTL.has(name));
    expect(names.filter((name) => canonicalTimeZoneName(name.toLowerCase()) !== name)).toEqual([]);
  });
});

describe('the names of the IANA database', () => {
  test('are sorted, each once, and more than 590', () => {
    expect(TIME_ZONE_NAMES).toEqual([...new Set(TIME_ZONE_NAMES)].toSorted());
    expect(TIME_ZONE_NAMES.length).toBeGreaterThan(590);
  });

  test('are unique in lower case', () => {
    expect(new Set(TIME_ZONE_NAMES.map((name) => name.toLowerCase())).size).toBe(TIME_ZONE_NAMES.length);
  });

  test('are at most half as long as the limit', () => {
    expect(Math.max(...TIME_ZONE_NAMES.map(({ length }) => length)) * 2).toBeLessThanOrEqual(
      MAX_TIME_ZONE_NAME_LENGTH,
    );
  });
});
