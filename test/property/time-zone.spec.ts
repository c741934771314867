import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { HOUR, MINUTE } from '../../src/calendar/time/civil-time.js';
import { NumberBuffer } from '../../src/calendar/time/number-buffer.js';
import { timeZone } from '../../src/calendar/time/time-zone.js';
import { findTransitions, offsetProbe } from '../../src/calendar/time/time-zone-probe.js';

const instant = (text: string) => Date.parse(text);
const utc = (at: number) => new Date(at).toISOString().replace('.000', '');

test('a zone agrees with Intl hour by hour across sixteen months of every kind of zone', () => {
  const names = [
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Europe/Dublin',
    'Pacific/Apia',
    'UTC',
  ];
  for (const name of names) {
    const probe = offsetProbe(name);
    for (let at = instant('2011-01-01T00:30:00Z'); at < instant('2012-05-01T00:00:00Z'); at += HOUR)
      if (timeZone(name).offsetAt(at) !== probe(at)) throw new Error(`${name} ${utc(at)}`);
  }
  expect(names).not.toHaveLength(0);
});

test('a walk over a century meets the same transitions as the probe', () => {
  const [from, to] = [instant('1930-01-01T00:00:00Z'), instant('2030-01-01T00:00:00Z')];
  const walked: number[] = [];
  const zone = timeZone('Europe/London');
  for (let at = zone.nextTransition(from, to); at !== null; at = zone.nextTransition(at, to)) walked.push(at);
  expect(walked).toEqual(findTransitions(offsetProbe('Europe/London'), from, to).map(({ at }) => at));
  expect(walked.length).toBeGreaterThan(190);
});

test('a zone converts many civil times at once as it converts each, and tells whether the instants ascend', () => {
  const far = fc.integer({
    min: instant('1890-01-01T00:00:00Z') / MINUTE,
    max: instant('3010-01-01T00:00:00Z') / MINUTE,
  });
  const near = fc.integer({
    min: instant('2010-01-01T00:00:00Z') / MINUTE,
    max: instant('2013-01-01T00:00:00Z') / MINUTE,
  });
  const civils = fc.oneof(fc.uniqueArray(far, { maxLength: 8 }), fc.uniqueArray(near, { maxLength: 40 }));
  const names = fc.constantFrom(
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Pacific/Apia',
    'UTC',
  );
  fc.assert(
    fc.property(names, civils, (name, minutes) => {
      const zone = timeZone(name);
      const [from, into] = [new NumberBuffer(), new NumberBuffer()];
      for (const minute of minutes.toSorted((a, b) => a - b)) from.add(minute * MINUTE);
      const each = from.toArray().map((civil) => zone.toInstant(civil));
      expect(zone.addInstants(from, into)).toBe(
        each.every((at, index) => index === 0 || each[index - 1] < at),
      );
      expect(into.toArray()).toEqual(each);
    }),
  );
});
