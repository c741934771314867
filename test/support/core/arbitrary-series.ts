import * as fc from 'fast-check';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import { parseRecurrenceRule } from '../../../src/calendar/recurrence/rule/rule-text.js';
import type { Override, SeriesDefinition } from '../../../src/calendar/recurrence/series/event-series.js';
import { civilTimeOf, DAY, HOUR, MINUTE } from '../../../src/calendar/time/civil-time.js';
import type { Length } from '../../../src/calendar/time/length.js';
import { ruleTextFor, withoutTimes } from './arbitrary-rule.js';
import { naiveStarts } from './naive-recurrence.js';

/** Every kind of zone: no summer, summers of either half, half hours, jumps of a day, changes of standard time. */
const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/Moscow',
  'Europe/London',
  'Europe/Dublin',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Asia/Pyongyang',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Caracas',
  'America/Noronha',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'Pacific/Chatham',
];

const timesOfDay = fc.oneof(
  fc.constantFrom(
    0,
    90 * MINUTE,
    2 * HOUR,
    2 * HOUR + 15 * MINUTE,
    2 * HOUR + 30 * MINUTE,
    3 * HOUR,
    DAY - 1_000,
  ),
  fc.integer({ min: 0, max: 86_399 }).map((seconds) => seconds * 1_000),
);

/** A zone and a day to start on: mostly anywhere in forty years, often just before something odd. */
const zoneAndDay = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constantFrom(...ZONES),
      fc.integer({ min: civilTimeOf(1990, 1, 1) / DAY, max: civilTimeOf(2031, 1, 1) / DAY }),
    ),
  },
  fc.constantFrom<[string, number]>(
    ['Pacific/Apia', civilTimeOf(2011, 12, 26) / DAY],
    ['Pacific/Kwajalein', civilTimeOf(1993, 8, 17) / DAY],
    ['America/New_York', civilTimeOf(2026, 3, 5) / DAY],
    ['America/New_York', civilTimeOf(2026, 10, 30) / DAY],
    ['Australia/Lord_Howe', civilTimeOf(2026, 10, 1) / DAY],
    ['America/Sao_Paulo', civilTimeOf(2018, 11, 1) / DAY],
    ['Europe/Moscow', civilTimeOf(2014, 10, 20) / DAY],
    ['America/Noronha', civilTimeOf(2000, 10, 1) / DAY],
    ['Europe/London', civilTimeOf(2020, 2, 29) / DAY],
    ['Asia/Kolkata', civilTimeOf(2024, 1, 31) / DAY],
  ),
);

interface Edits {
  readonly excluded: number[];
  readonly added: [number, number][];
  readonly changed: { index: number; cancelled: boolean; moved?: number; longer?: number }[];
}

const edits: fc.Arbitrary<Edits> = fc.record({
  excluded: fc.array(fc.nat(40), { maxLength: 4 }),
  added: fc.array(fc.tuple(fc.integer({ min: -20, max: 500 }), timesOfDay), { maxLength: 3 }),
  changed: fc.array(
    fc.record({
      index: fc.nat(40),
      cancelled: fc.boolean(),
      moved: fc.option(fc.integer({ min: -100, max: 100 }), { nil: undefined }),
      longer: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    }),
    { maxLength: 3 },
  ),
});
const NO_EDITS: Edits = { excluded: [], added: [], changed: [] };

/** Series of every kind: zoned and all-day, with ends, EXDATEs and overrides that mostly hit an occurrence. */
export const seriesDefinition: fc.Arbitrary<SeriesDefinition> = fc
  .record({
    zoneAndDay,
    time: timesOfDay,
    allDay: fc.integer({ min: 0, max: 4 }).map((value) => value === 0),
    length: fc.oneof(fc.constant(1), fc.constant(0), fc.integer({ min: 1, max: 60 })),
    edits: fc.oneof({ weight: 2, arbitrary: fc.constant(NO_EDITS) }, { weight: 1, arbitrary: edits }),
    hasRule: fc.integer({ min: 0, max: 19 }).map((value) => value > 0),
  })
  .chain(({ zoneAndDay: [timeZone, day], time, allDay, length, edits: made, hasRule }) => {
    const start = day * DAY + (allDay ? 0 : time);
    const unedited = {
      start,
      timeZone,
      allDay,
      length: lengthOf(length, allDay),
      rdates: [],
      exdates: [],
      overrides: [],
    };
    return ruleTextFor(start).map((text) => {
      const rule = hasRule ? parseRecurrenceRule(allDay ? withoutTimes(text) : text) : null;
      return edited({ ...unedited, rule }, made);
    });
  });

/** So many days or hours; at least one day. */
function lengthOf(count: number, allDay: boolean): Length {
  return allDay ? { days: Math.max(1, count) } : { seconds: count * 3_600 };
}

function edited(series: SeriesDefinition, { excluded, added, changed }: Edits): SeriesDefinition {
  const { start, rule, allDay } = series;
  const starts = rule ? naiveStarts(series, rule, start + 400 * DAY).slice(0, 41) : [start];
  const nth = (index: number) => starts[index % starts.length] ?? start;
  const unit = allDay ? DAY : HOUR;
  const overrides = new Map<number, Override>();
  for (const { index, cancelled, moved, longer } of changed) {
    overrides.set(nth(index), {
      originalStart: nth(index),
      cancelled,
      start: moved === undefined ? undefined : nth(index) + moved * unit,
      length: longer === undefined ? undefined : lengthOf(longer, allDay),
    });
  }
  return {
    ...series,
    exdates: excluded.map(nth),
    rdates: added.map(([days, time]) => start - (start % DAY) + days * DAY + (allDay ? 0 : time)),
    overrides: [...overrides.values()],
  };
}

/** A window about a series: before it, at its start, or years on; sometimes empty. */
export function windowAbout(series: SeriesDefinition): fc.Arbitrary<Interval> {
  return fc
    .tuple(
      fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 0, max: 2_500 })),
      fc.integer({ min: -24, max: 24 }),
      fc.oneof(
        { weight: 1, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.integer({ min: 1, max: 60 * 24 }) },
        { weight: 4, arbitrary: fc.integer({ min: 60 * 24, max: 800 * 24 }) },
      ),
    )
    .map(([days, hours, length]) => {
      const start = series.start + days * DAY + hours * HOUR;
      return { start, end: start + length * HOUR };
    });
}
