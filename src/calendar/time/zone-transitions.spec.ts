import { expect, test } from '@jest/globals';
import { civilTimeOf } from './civil-time.js';
import { findTransitions, offsetProbe } from './time-zone-probe.js';
import { FAR_FUTURE, ZoneTransitions } from './zone-transitions.js';

const LAST_PROBED_YEAR = new Date(FAR_FUTURE).getUTCFullYear() - 1;

/** The transitions of years in a zone, by the rules of this file and by `Intl`. */
function transitionsOf(zone: string, firstYear: number, lastYear: number) {
  const probe = offsetProbe(zone);
  const [from, to] = [civilTimeOf(firstYear, 1, 1) - 1, civilTimeOf(lastYear + 1, 1, 1) - 1];
  return {
    derived: new ZoneTransitions(probe).between(from, to),
    probed: findTransitions(probe, from, to),
  };
}

test.each([
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Auckland',
  'Africa/Casablanca',
  'Africa/Cairo',
  'UTC',
])('the years up to the end of the calendar have the transitions of Intl in %s', (zone) => {
  const { derived, probed } = transitionsOf(zone, LAST_PROBED_YEAR - 1, 2999);
  expect(derived).toEqual(probed);
});

test('years at the turns of centuries have the transitions of Intl in zones all over the world', () => {
  const zones = Intl.supportedValuesOf('timeZone').filter((_, index) => index % 5 === 0);
  const differing = zones.filter((zone) =>
    [LAST_PROBED_YEAR, 2200, 2400, 2996].some((year) => {
      const { derived, probed } = transitionsOf(zone, year, year + 1);
      return JSON.stringify(derived) !== JSON.stringify(probed);
    }),
  );
  expect(differing).toEqual([]);
}, 120_000);
