import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { windowsZonesModule } from '../../../scripts/windows-zones/windows-zones-module.js';
import { writtenComponent } from '../../../src/calendar/icalendar/content/written-line.js';
import { readCalendarFile } from '../../../src/calendar/icalendar/read/calendar-file.js';
import { definedZone } from '../../../src/calendar/icalendar/zones/defined-zone.js';
import { WINDOWS_ZONE_NAMES } from '../../../src/calendar/icalendar/zones/windows-zone-names.js';
import { zoneComponent } from '../../../src/calendar/icalendar/zones/zone-component.js';
import { DAY, HOUR, SECOND } from '../../../src/calendar/time/civil-time.js';
import { isTimeZone, timeZone } from '../../../src/calendar/time/time-zone.js';
import { calendarText } from '../../support/icalendar/read-files.js';

const ZONES = [...Intl.supportedValuesOf('timeZone')];

/** Whether the VTIMEZONE of a zone from a year on has the offsets of the zone. */
function hasSameOffsets(name: string, year: number): boolean {
  const from = Date.UTC(year, 5);
  const defined = definedZone(zoneComponent(name, from));
  const zone = timeZone(name);
  for (let at = from; at < from + 30 * 365 * DAY; at += 23 * DAY + 7 * HOUR)
    if (defined?.offsetAt(at) !== zone.offsetAt(at)) return false;

  return true;
}

describe('a VTIMEZONE that is written', () => {
  test('of any zone has its offsets for thirty years', () => {
    expect(ZONES.filter((name) => !hasSameOffsets(name, 2026))).toEqual([]);
  });

  test.each([
    'Europe/Berlin',
    'America/New_York',
    'Asia/Jerusalem',
    'Africa/Casablanca',
    'Africa/Cairo',
    'America/Santiago',
    'Asia/Kolkata',
  ])('of %s has the same noons for another parser', (name) => {
    const component = new ICAL.Component(
      ICAL.parse(writtenComponent(zoneComponent(name, Date.UTC(2026, 5)))) as unknown[],
    );
    const other = new ICAL.Timezone({ component, tzid: name });
    const zone = timeZone(name);
    const noons = Array.from({ length: 800 }, (_, index) => Date.UTC(2026, 5, 1, 12) + index * 17 * DAY);
    const wrong = noons.filter((civil) => {
      const at = new Date(civil);
      const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
      const time = new ICAL.Time({ year, month, day, hour: 12, minute: 0, second: 0, isDate: false }, other);
      return other.utcOffset(time) * SECOND !== civil - zone.toInstant(civil);
    });
    expect(wrong).toEqual([]);
  });

  test('has DTSTART as the first RDATE of an observance with dates', () => {
    const { components } = zoneComponent('Africa/Casablanca', Date.UTC(2026, 5));
    const dated = components
      .map(({ properties }) => properties.filter(({ name }) => name === 'DTSTART' || name === 'RDATE'))
      .filter(({ length }) => length > 1);
    expect(dated).not.toEqual([]);
    expect(dated.map(([, { value }]) => value)).toEqual(dated.map(([{ value }]) => value));
  });

  test('from an earlier year on has the changes of those years', () => {
    const changed = [
      'Europe/Berlin',
      'America/New_York',
      'Europe/Moscow',
      'Pacific/Apia',
      'Africa/Casablanca',
    ];
    expect(changed.filter((name) => !hasSameOffsets(name, 1975))).toEqual([]);
  });

  test('has rules without an end where the zone has them', () => {
    const rules = [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Jerusalem',
      'Africa/Casablanca',
      'Asia/Kolkata',
    ].map((name) =>
      zoneComponent(name, Date.UTC(2026, 5)).components.flatMap(({ properties }) =>
        properties.filter((property) => property.name === 'RRULE').map(({ value }) => value),
      ),
    );
    expect(rules).toEqual([
      ['FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'],
      ['FREQ=YEARLY;BYMONTH=3;BYDAY=2SU', 'FREQ=YEARLY;BYMONTH=11;BYDAY=1SU'],
      ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR', 'FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'],
      [],
      [],
    ]);
  });
});

describe('the table of the zones of Windows', () => {
  test('is that of the installed CLDR', async () => {
    const file = new URL('../../../src/calendar/icalendar/zones/windows-zone-names.ts', import.meta.url);
    expect(await readFile(file, 'utf8')).toBe(await windowsZonesModule());
  });

  test('names zones of the IANA database alone', () => {
    expect([...WINDOWS_ZONE_NAMES.values()].filter((zone) => !isTimeZone(zone))).toEqual([]);
    expect(WINDOWS_ZONE_NAMES.size).toBeGreaterThan(130);
  });
});

/** The zone and the warnings of a time with this TZID, in a file with this VTIMEZONE. */
function read(tzid: string, definition: readonly string[] = [], reader = 'Asia/Tokyo') {
  const event = ['UID:1', 'DTSTAMP:20260101T000000Z', `DTSTART;TZID="${tzid}":20260701T090000`];
  const zone = ['BEGIN:VTIMEZONE', `TZID:${tzid}`, ...definition, 'END:VTIMEZONE', ''].join('\r\n');
  const text = calendarText(event).replace(
    'BEGIN:VEVENT',
    `${definition.length > 0 ? zone : ''}BEGIN:VEVENT`,
  );
  const [object] = readCalendarFile(Buffer.from(text), { timeZone: reader }).objects();
  const zones = object.problem === undefined ? object.events.map((one) => one.timeZone) : [];
  return [...zones, ...object.warnings.map(({ code, line }) => `${code} in line ${line}`)];
}

function observance(name: string, start: string, from: string, to: string, rule: string): string[] {
  return [
    `BEGIN:${name}`,
    `DTSTART:${start}`,
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    ...(rule ? [`RRULE:${rule}`] : []),
    `END:${name}`,
  ];
}

const EU = [
  ...observance('DAYLIGHT', '19700329T020000', '+0100', '+0200', 'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'),
  ...observance('STANDARD', '19701025T030000', '+0200', '+0100', 'FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'),
];
const US_EAST = [
  ...observance('DAYLIGHT', '20070311T020000', '-0500', '-0400', 'FREQ=YEARLY;BYMONTH=3;BYDAY=2SU'),
  ...observance('STANDARD', '20071104T020000', '-0400', '-0500', 'FREQ=YEARLY;BYMONTH=11;BYDAY=1SU'),
];
const OUTLOOK = [
  ...observance('STANDARD', '16011104T020000', '-0400', '-0500', 'FREQ=YEARLY;BYDAY=1SU;BYMONTH=11'),
  ...observance('DAYLIGHT', '16010311T020000', '-0500', '-0400', 'FREQ=YEARLY;BYDAY=2SU;BYMONTH=3'),
];
/** The observance of a zone whose clocks do not change. */
function offset(hours: string): string[] {
  return observance('STANDARD', '19700101T000000', hours, hours, '');
}

const NOWHERE = observance('STANDARD', '19700101T000000', '+0123', '+0123', '');

describe('a TZID', () => {
  test.each<[string, string[]]>([
    ['Europe/Berlin', ['Europe/Berlin']],
    ['europe/berlin', ['Europe/Berlin']],
    ['Asia/Calcutta', ['Asia/Calcutta']],
    ['/freeassociation.sourceforge.net/Europe/Berlin', ['Europe/Berlin']],
    ['/freeassociation.sourceforge.net/Tzfile/Europe/Berlin', ['Europe/Berlin']],
    ['/mozilla.org/20050126_1/America/Argentina/Buenos_Aires', ['America/Argentina/Buenos_Aires']],
    ['/citadel.org/20210210_1/Europe/Paris', ['Europe/Paris']],
    ['W. Europe Standard Time', ['Europe/Berlin']],
    ['w. europe standard time', ['Europe/Berlin']],
    ['W. Europe Standard Time 1', ['Europe/Berlin']],
    ['(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', ['Europe/Amsterdam']],
    ['(GMT-05:00) New York', ['America/New_York']],
    ['tzone://Microsoft/Utc', ['UTC']],
    ['UTC+2', ['Etc/GMT-2']],
    ['+0530', ['Asia/Kolkata']],
    ['+0545', ['Asia/Kathmandu']],
    ['GMT-09:30', ['Pacific/Marquesas']],
    ['GMT-0300', ['Etc/GMT+3']],
    ['UTC', ['UTC']],
  ])('%s means %p by its name', (tzid, expected) => {
    expect(read(tzid)).toEqual(expected);
  });

  test.each([
    ['+05:45', 'Asia/Kathmandu'],
    ['-09:30', 'Pacific/Marquesas'],
    ['UTC+05:30', 'Asia/Kolkata'],
    ['GMT+2', 'Etc/GMT-2'],
    ['+0545', 'Asia/Kathmandu'],
    ['(UTC+05:45) Kathmandu', 'Asia/Kathmandu'],
  ])('%s means the zone %s with and without quotes', (tzid, zone) => {
    for (const written of [`"${tzid}"`, tzid]) {
      const start = `DTSTART;TZID=${written}:20260701T090000`;
      const [object] = readCalendarFile(Buffer.from(calendarText(['UID:1', start])), {
        timeZone: 'UTC',
      }).objects();
      expect(object).toMatchObject({ events: [{ timeZone: zone }], warnings: [] });
    }
  });

  test.each([
    ['in extended form', '2026-07-01T09:00:00', { events: [{ timeZone: 'Etc/GMT-3' }] }],
    ['that is none', 'tomorrow', { problem: { code: 'invalid_date', part: 'DTSTART' } }],
  ])('is found by the rules of its VTIMEZONE for a time %s', (_, time, expected) => {
    const zone = ['BEGIN:VTIMEZONE', 'TZID:Custom', ...offset('+0300'), 'END:VTIMEZONE', ''].join('\r\n');
    const text = calendarText(['UID:1', `DTSTART;TZID=Custom:${time}`]).replace(
      'BEGIN:VEVENT',
      `${zone}BEGIN:VEVENT`,
    );
    const [object] = readCalendarFile(Buffer.from(text), { timeZone: 'Asia/Tokyo' }).objects();
    expect(object).toMatchObject(expected);
  });

  test('with several VTIMEZONEs of other rules means the last, with a warning', () => {
    const again = ['END:VTIMEZONE', 'BEGIN:VTIMEZONE', 'TZID:Custom'];
    expect(read('Custom', [...offset('+0300'), ...again, ...offset('+0500')])).toEqual([
      'Etc/GMT-5',
      expect.stringContaining('time_zone_guessed'),
    ]);
    expect(read('Custom', [...offset('+0500'), ...again, ...offset('+0500')])).toEqual(['Etc/GMT-5']);
  });

  test('means the zone that its VTIMEZONE names', () => {
    expect(read('Home', ['X-LIC-LOCATION:Europe/Rome', ...US_EAST])).toEqual(['Europe/Rome']);
    expect(read('Home', ['TZURL:http://tzurl.org/zoneinfo/Europe/Rome.ics', ...US_EAST])).toEqual([
      'Europe/Rome',
    ]);
  });

  test('of a known name means that zone, also if its VTIMEZONE has other rules', () => {
    expect(read('Europe/Berlin', US_EAST)).toEqual(['Europe/Berlin']);
    expect(read('W. Europe Standard Time', US_EAST)).toEqual(['Europe/Berlin']);
  });

  test('may have another name of its zone beside it', () => {
    expect(read('Home', ['TZID-ALIAS-OF:Europe/Rome', ...US_EAST])).toEqual(['Europe/Rome']);
  });

  test('means a zone with the rules of its VTIMEZONE', () => {
    expect(read('Home', EU, 'Europe/Paris')).toEqual(['Europe/Paris']);
    expect(read('Home', EU)).toEqual(['Europe/Berlin']);
    expect(read('Customized Time Zone', US_EAST)).toEqual(['America/New_York']);
    expect(read('Customized Time Zone', OUTLOOK)).toEqual(['America/New_York']);
    expect(read('Fixed', observance('STANDARD', '19700101T000000', '+0500', '+0500', ''))).toEqual([
      'Etc/GMT-5',
    ]);
    expect(read('Half', observance('STANDARD', '19700101T000000', '+0530', '+0530', ''))).toEqual([
      'Asia/Kolkata',
    ]);
  });

  test('without a VTIMEZONE means the zone of the reader, with a warning', () => {
    expect(read('Mars/Olympus')).toEqual(['Asia/Tokyo', 'time_zone_guessed in line 7']);
  });

  test('with rules of no zone means the closest zone, with a warning', () => {
    const [zone, warning] = read('Nowhere', NOWHERE);
    expect(zone).not.toBe('UTC');
    expect(warning).toBe('time_zone_guessed in line 15');
  });

  test('of an unreadable VTIMEZONE means the zone of the reader, with a warning', () => {
    expect(read('Broken', observance('STANDARD', 'never', '+x', '', 'FREQ=NEVER'))[0]).toBe('Asia/Tokyo');
    expect(read('Broken', ['COMMENT:none'])).toEqual(['Asia/Tokyo', 'time_zone_guessed in line 11']);
  });
});

/** The zone of a time without one, in a file with these lines before its event. */
function zoneWith(...lines: readonly string[]): string[] {
  const text = calendarText(['UID:1', 'DTSTAMP:20260101T000000Z', 'DTSTART:20260701T090000']).replace(
    'BEGIN:VEVENT',
    [...lines, 'BEGIN:VEVENT'].join('\r\n'),
  );
  const [object] = readCalendarFile(Buffer.from(text), { timeZone: 'Asia/Tokyo' }).objects();
  return object.problem === undefined ? object.events.map((one) => one.timeZone) : [];
}

describe('a time without a zone', () => {
  test.each(['Europe/Rome', '/mozilla.org/20050126_1/Europe/Rome'])(
    'has that of X-WR-TIMEZONE: %s',
    (name) => {
      expect(zoneWith(`X-WR-TIMEZONE:${name}`)).toEqual(['Europe/Rome']);
    },
  );

  test('has that of the reader if X-WR-TIMEZONE names none', () => {
    expect(zoneWith()).toEqual(['Asia/Tokyo']);
    expect(zoneWith('X-WR-TIMEZONE:Mars')).toEqual(['Asia/Tokyo']);
  });
});
