import * as fc from 'fast-check';
import type { BusySeries } from '../../../src/calendar/conflicts/compared/busy-series.js';
import { parseRecurrenceRule } from '../../../src/calendar/recurrence/rule/rule-text.js';
import {
  compileSeries,
  type Override,
  type SeriesDefinition,
} from '../../../src/calendar/recurrence/series/event-series.js';
import { civilTimeOf, DAY, HOUR, MINUTE } from '../../../src/calendar/time/civil-time.js';
import { ruleTextFor, withoutTimes } from './arbitrary-rule.js';
import { naiveStarts } from './naive-recurrence.js';

/** Summers of both halves, half an hour, a month of winter in the middle of the year, changes at midnight, and none. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Africa/Cairo',
  'UTC',
];

/** Few, so that events often touch each other; many within the hours in which clocks change. */
const TIMES = [0, 0.5, 1.5, 2, 2.25, 2.5, 3, 4, 9, 10, 16, 23].map((hours) => hours * HOUR);

const LENGTHS = [0, 15 * MINUTE, HOUR, HOUR, 2 * HOUR, 5 * HOUR, 23 * HOUR, DAY, 25 * HOUR, 8 * DAY];

const FIRST_DAY = civilTimeOf(2026, 1, 1) / DAY;

const plainRules = fc.oneof(
  fc.constantFrom(1, 2, 3, 5, 7, 28).map((interval) => `FREQ=DAILY;INTERVAL=${interval}`),
  fc
    .tuple(
      fc.constantFrom(1, 2, 3, 4, 52),
      fc.uniqueArray(fc.constantFrom('MO', 'TU', 'WE', 'FR', 'SU'), { minLength: 1, maxLength: 2 }),
    )
    .map(([interval, days]) => `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${days.join(',')}`),
  fc
    .tuple(fc.constantFrom(1, 2, 3, 6), fc.constantFrom('MO', '1MO', '-1FR', '5TU', '2SU'))
    .map(([interval, day]) => `FREQ=MONTHLY;INTERVAL=${interval};BYDAY=${day}`),
  fc
    .tuple(fc.constantFrom(1, 2, 3, 12), fc.constantFrom(1, 15, 28, 29, 30, 31, -1))
    .map(([interval, day]) => `FREQ=MONTHLY;INTERVAL=${interval};BYMONTHDAY=${day}`),
  fc.constantFrom(
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'FREQ=YEARLY;INTERVAL=2;BYMONTH=4;BYDAY=1SU',
    'FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=28',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR',
    'FREQ=DAILY;INTERVAL=3;BYMONTH=3,10',
    'FREQ=WEEKLY;INTERVAL=2;BYMONTH=3;BYDAY=SU,MO',
  ),
);

interface Made {
  readonly zone: string;
  readonly day: number;
  readonly time: number;
  readonly length: number;
  readonly allDay: boolean;
  readonly edits: readonly { readonly index: number; readonly kind: string; readonly hours: number }[];
  readonly takesTime: boolean;
}

const made = (zones: readonly string[]): fc.Arbitrary<Made> =>
  fc.record({
    zone: fc.constantFrom(...zones),
    day: fc.integer({ min: FIRST_DAY, max: FIRST_DAY + 1_200 }),
    time: fc.constantFrom(...TIMES),
    length: fc.constantFrom(...LENGTHS),
    allDay: fc.integer({ min: 0, max: 4 }).map((value) => value === 0),
    edits: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 2,
        arbitrary: fc.array(
          fc.record({
            index: fc.nat(8),
            kind: fc.constantFrom('exdate', 'cancelled', 'moved', 'rdate', 'apart'),
            hours: fc.integer({ min: -60, max: 60 }),
          }),
          { maxLength: 5 },
        ),
      },
    ),
    takesTime: fc.integer({ min: 0, max: 9 }).map((value) => value > 0),
  });

/** A series as it takes the time of a user, not yet compiled: so a failing test can print it. */
export type BusyDefinition = Omit<BusySeries, 'series'> & { readonly definition: SeriesDefinition };

/** The same, compiled. */
export function compiled({ definition, ...rest }: BusyDefinition): BusySeries {
  return { series: compileSeries(definition), ...rest };
}

/** Series as they take the time of a user, of every kind: endless and not, all-day, with exceptions and answers. */
export function busySeries(
  rules: 'plain' | 'any',
  zones: readonly string[] = ZONES,
): fc.Arbitrary<BusyDefinition> {
  return made(zones).chain((event) => {
    const start = event.day * DAY + (event.allDay ? 0 : event.time);
    return (rules === 'plain' ? plainRules : ruleTextFor(start)).map((text) => busyOf(event, start, text));
  });
}

/** Two such series: half of the pairs in one zone. */
export function pairOfBusySeries(rules: 'plain' | 'any'): fc.Arbitrary<[BusyDefinition, BusyDefinition]> {
  return fc
    .tuple(fc.constantFrom(...ZONES), fc.boolean())
    .chain(([zone, same]) => fc.tuple(busySeries(rules, [zone]), busySeries(rules, same ? [zone] : ZONES)));
}

function busyOf(
  { zone, allDay, length, edits, takesTime }: Made,
  start: number,
  text: string,
): BusyDefinition {
  const rule = parseRecurrenceRule(allDay ? withoutTimes(text) : text);
  const plain: SeriesDefinition = {
    start,
    timeZone: zone,
    allDay,
    length: allDay ? { days: Math.max(1, Math.floor(length / DAY)) } : { seconds: length / 1_000 },
    rule,
    rdates: [],
    exdates: [],
    overrides: [],
  };
  const starts = edits.length === 0 ? [start] : naiveStarts(plain, rule, start + 900 * DAY);
  const exdates: number[] = [];
  const rdates: number[] = [];
  const apart = new Set<number>();
  const overrides = new Map<number, Override>();
  for (const { index, kind, hours } of edits) {
    const originalStart = starts[index % Math.max(1, starts.length)] ?? start;
    const moved = originalStart + (allDay ? Math.round(hours / 24) * DAY : hours * HOUR);
    if (kind === 'exdate') exdates.push(originalStart);
    else if (kind === 'rdate') rdates.push(moved);
    else if (kind === 'apart') apart.add(originalStart);
    else if (kind === 'cancelled') overrides.set(originalStart, { originalStart, cancelled: true });
    else overrides.set(originalStart, { originalStart, cancelled: false, start: moved });
  }
  const definition = { ...plain, rdates, exdates, overrides: [...overrides.values()] };
  return { definition, takesTime, apart };
}
