import * as fc from 'fast-check';
import type { FreeIntervalQuery, Person } from '../../../src/calendar/availability/free-interval-query.js';
import type { DateHours } from '../../../src/calendar/availability/hours/date-hours.js';
import type { HoursOfDay } from '../../../src/calendar/availability/hours/hours-of-day.js';
import { ANY_TIME, type Shift, type WorkingHours } from '../../../src/calendar/availability/working-hours.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import { normalise } from '../../../src/calendar/intervals/interval-set.js';
import type { Weekday } from '../../../src/calendar/time/civil-time.js';
import { DAY, epochDayOfCivil, MINUTE } from '../../../src/calendar/time/civil-time.js';
import { timeZone } from '../../../src/calendar/time/time-zone.js';

/** Every generated time is a multiple of this, as are the changes of offset in the zones below. */
export const GRAIN = 15 * MINUTE;

const SLOTS_OF_DAY = DAY / GRAIN;
const MOST_DAYS = 40;

export interface SchedulingCase {
  readonly query: FreeIntervalQuery;
  readonly people: readonly Person[];
  /** By the person's id. */
  readonly busy: ReadonlyMap<number, readonly Interval[]>;
  /** Busy time that is not firm, by the person's id; absent: none. */
  readonly pending?: ReadonlyMap<number, readonly Interval[]>;
  /** Busy time that the reader of the answer may not see, by the person's id; absent: none. */
  readonly hidden?: ReadonlyMap<number, readonly Interval[]>;
  /** Time that is held for events that may come, by the person's id; absent: none. */
  readonly held?: ReadonlyMap<number, readonly Interval[]>;
}

/** Days shortly before a change of offset in some of the zones: gaps, overlaps, at midnight, of half an hour, of a day. */
const bases = fc
  .constantFrom(
    '2026-02-28',
    '2026-03-22',
    '2026-09-26',
    '2026-10-20',
    '2018-10-28',
    '2011-12-22',
    '2026-01-05',
  )
  .map((date) => Date.parse(date));

const zones = fc
  .constantFrom(
    'UTC',
    'America/New_York',
    'Europe/London',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Pacific/Apia',
    'America/Havana',
    'Asia/Kathmandu',
    'Africa/Casablanca',
    'Asia/Tokyo',
    'Europe/Berlin',
    'Pacific/Auckland',
  )
  .map(timeZone);

const slots = (min: number, max: number) => fc.integer({ min, max }).map((slot) => slot * GRAIN);

const hoursOfDay: fc.Arbitrary<HoursOfDay> = fc
  .record({ from: slots(0, SLOTS_OF_DAY - 1), to: slots(0, SLOTS_OF_DAY) })
  .filter(({ from, to }) => from !== to);

const shifts: fc.Arbitrary<Shift> = fc
  .record({
    daysOfWeek: fc.uniqueArray(fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7), { minLength: 1 }),
    hours: hoursOfDay,
  })
  .map(({ daysOfWeek, hours: { from, to } }) => ({ daysOfWeek, from, to }));

/** Dates near a base, the hours of each of which do not overlap. */
function datesNear(base: number): fc.Arbitrary<DateHours[]> {
  const first = epochDayOfCivil(base);
  const dates = fc.record({
    date: fc.integer({ min: -2, max: 20 }).map((day) => first + day),
    hours: fc.oneof(
      fc.constant([]),
      hoursOfDay.map((hours) => [hours]),
      fc.uniqueArray(slots(0, SLOTS_OF_DAY), { minLength: 4, maxLength: 4 }).map((all) => {
        const [a, b, c, d] = all.toSorted((one, other) => one - other);
        return [
          { from: c, to: d },
          { from: a, to: b },
        ];
      }),
    ),
  });
  return fc.uniqueArray(dates, { maxLength: 6, selector: ({ date }) => date });
}

/** Shifts of a week, or any time, and dates near a base with hours of their own. */
export function workingHoursNear(base: number): fc.Arbitrary<WorkingHours> {
  const weekly = fc.oneof(
    { arbitrary: fc.array(shifts, { minLength: 1, maxLength: 3 }), weight: 4 },
    { arbitrary: fc.constant(ANY_TIME), weight: 1 },
  );
  return fc.tuple(weekly, datesNear(base)).map((both) => both.flat());
}

export const zonedWindows = fc
  .record({
    base: bases,
    start: slots(0, 4 * SLOTS_OF_DAY),
    length: slots(0, 14 * SLOTS_OF_DAY),
    zone: zones,
  })
  .map(({ base, start, length, zone }) => ({
    base,
    zone,
    window: { start: base + start, end: base + start + length },
  }));

const intervalsFrom = (starts: fc.Arbitrary<number>, lengths: fc.Arbitrary<number>): fc.Arbitrary<Interval> =>
  fc.tuple(starts, lengths).map(([start, length]) => ({ start, end: start + length }));

/**
 * Meetings, absences of days on end, and meetings without a length; nested, touching, before and after the window.
 * Some are away at first, so that the answer lies far ahead.
 */
function busyAfter(base: number): fc.Arbitrary<Interval[]> {
  const anyTime = slots(-2 * SLOTS_OF_DAY, MOST_DAYS * SLOTS_OF_DAY).map((time) => base + time);
  const lengths = fc.oneof(
    { arbitrary: slots(0, 16), weight: 3 },
    { arbitrary: slots(0, 15 * SLOTS_OF_DAY), weight: 1 },
  );
  const away = intervalsFrom(fc.constant(base), slots(0, 30 * SLOTS_OF_DAY));
  return fc
    .tuple(fc.array(intervalsFrom(anyTime, lengths), { maxLength: 12 }), fc.array(away, { maxLength: 1 }))
    .map((both) => both.flat());
}

function peopleNear(base: number): fc.Arbitrary<Person[]> {
  const anyTime = slots(-2 * SLOTS_OF_DAY, 10 * SLOTS_OF_DAY).map((time) => base + time);
  const away = fc.array(intervalsFrom(anyTime, slots(1, 5 * SLOTS_OF_DAY)), { maxLength: 2 }).map(normalise);
  const people = fc.record({
    workingHours: fc.option(workingHoursNear(base), { freq: 2 }),
    timeZone: zones,
    away,
    optional: fc.boolean(),
  });
  return fc
    .array(people, { minLength: 1, maxLength: 4 })
    .map((all) =>
      all.map((each, index) => ({ ...each, id: index + 1, optional: index > 0 && each.optional })),
    );
}

const basesAndPeople = bases.chain((base) => fc.tuple(fc.constant(base), peopleNear(base)));

/** A sound query over up to forty days, which the search reads in up to three parts. */
export const schedulingCases: fc.Arbitrary<SchedulingCase> = basesAndPeople.chain(([base, all]) =>
  fc
    .record({
      length: fc.oneof(
        { arbitrary: slots(0, 2 * SLOTS_OF_DAY), weight: 1 },
        { arbitrary: slots(7 * SLOTS_OF_DAY, MOST_DAYS * SLOTS_OF_DAY), weight: 4 },
      ),
      duration: fc.oneof(
        { arbitrary: slots(1, 12), weight: 3 },
        { arbitrary: slots(1, 8 * SLOTS_OF_DAY), weight: 1 },
      ),
      step: fc.option(
        fc.record({
          period: fc.constantFrom(1, 2, 3, 4, 5, 8, 96).map((slot) => slot * GRAIN),
          zone: zones,
        }),
      ),
      bufferBefore: slots(0, 8),
      bufferAfter: slots(0, 8),
      minAttending: fc.option(fc.integer({ min: 1, max: all.filter(({ optional }) => !optional).length })),
      limit: fc.integer({ min: 1, max: 4 }),
      calendars: fc.tuple(...all.map(() => busyAfter(base))),
    })
    .map(({ length, calendars, ...rest }) => ({
      query: { ...rest, window: { start: base, end: base + length } },
      people: all,
      busy: new Map(all.map(({ id }, index) => [id, calendars[index]])),
    })),
);

const options = fc.record(
  {
    starts: fc.constantFrom('separate' as const, 'all' as const),
    prefer: fc.constantFrom('earliest' as const, 'compact' as const, 'spread' as const),
    explain: fc.boolean(),
    limit: fc.constantFrom(1, 2, 5, 100),
  },
  { requiredKeys: ['limit'] },
);

/** Held time of the people of a case, by the person's id. */
export function heldTimes({ people, query }: SchedulingCase): fc.Arbitrary<Map<number, Interval[]>> {
  const anyTime = slots(-SLOTS_OF_DAY, 10 * SLOTS_OF_DAY).map((time) => query.window.start + time);
  const held = fc.array(intervalsFrom(anyTime, slots(1, 2 * SLOTS_OF_DAY)), { maxLength: 3 });
  return fc
    .tuple(...people.map(() => held))
    .map((all) => new Map(people.map(({ id }, index) => [id, all[index]])));
}

/** The same with options of the search, time that is not firm or held, and calendars that are hidden. */
export const schedulingCasesWithOptions: fc.Arbitrary<SchedulingCase> = schedulingCases.chain((asked) => {
  const { people: all, query } = asked;
  const calendars = () => fc.tuple(...all.map(() => busyAfter(query.window.start)));
  return fc
    .record({
      chosen: options,
      period: fc.constantFrom(1, 2, 4, 8).map((slot) => slot * GRAIN),
      zone: zones,
      shared: fc.tuple(
        ...all.map(() => fc.option(fc.constantFrom('some' as const, 'all' as const), { freq: 4 })),
      ),
      pending: calendars(),
      hidden: calendars(),
      held: heldTimes(asked),
    })
    .map(({ chosen, period, zone, shared, pending, hidden, held }) => ({
      busy: asked.busy,
      held,
      query: Object.assign({}, query, chosen, { step: query.step ?? { period, zone } }),
      people: all.map((person, index) => {
        const hiddenCalendars = shared[index];
        return hiddenCalendars === null ? person : { ...person, hiddenCalendars };
      }),
      pending: new Map(all.map(({ id }, index) => [id, pending[index]])),
      hidden: new Map(
        all.flatMap(({ id }, index) => (shared[index] === 'some' ? [[id, hidden[index]] as const] : [])),
      ),
    }));
});
