import * as fc from 'fast-check';
import type { Person } from '../../../src/calendar/availability/free-interval-query.js';
import type { SlotPeople } from '../../../src/calendar/availability/series-slots/find-series-slots.js';
import type {
  MissReason,
  SeriesSlot,
  SeriesSlotQuery,
} from '../../../src/calendar/availability/series-slots/series-slot-query.js';
import { isWeekly } from '../../../src/calendar/availability/working-hours.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import { parseRecurrenceRule } from '../../../src/calendar/recurrence/rule/rule-text.js';
import type { SeriesDefinition } from '../../../src/calendar/recurrence/series/event-series.js';
import { DAY, type Instant, SECOND, timeOfDay } from '../../../src/calendar/time/civil-time.js';
import { naiveOccurrences } from './naive-recurrence.js';
import { naiveCivil, naiveInstant } from './naive-zone.js';
import { GRAIN, heldTimes, schedulingCases } from './scheduling-arbitraries.js';
import { instantsAtWork, instantsInDays, instantsOf } from './search-diary.js';

export interface SlotCase {
  readonly query: SeriesSlotQuery;
  readonly people: SlotPeople;
  /** By the person's id. */
  readonly busy: ReadonlyMap<number, readonly Interval[]>;
  /** Time that is held, by the person's id. */
  readonly held: ReadonlyMap<number, readonly Interval[]>;
}

const SLOTS_OF_DAY = DAY / GRAIN;

/** The search may read so much of the calendars. No case has an occurrence after it. */
const HORIZON = 190 * DAY;

const ruleTexts = fc.constantFrom(
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;BYDAY=TU,TH',
  'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SU',
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2',
);

/** Cases near changes of the clocks. Some of the optional people of a case of the nearest interval are rooms here. */
export const slotCases: fc.Arbitrary<SlotCase> = fc
  .record({
    given: schedulingCases.chain((asked) =>
      heldTimes(asked).map((held) => Object.assign({}, asked, { held })),
    ),
    rule: ruleTexts,
    count: fc.integer({ min: 1, max: 4 }),
    until: fc.record({
      slots: fc.integer({ min: -SLOTS_OF_DAY, max: 30 * SLOTS_OF_DAY }),
      form: fc.constantFrom('date' as const, 'local' as const, 'utc' as const),
    }),
    endsByCount: fc.boolean(),
    inMonthOfStart: fc.boolean(),
    length: fc.integer({ min: 0, max: 3 * SLOTS_OF_DAY }),
    minOccurrences: fc.integer({ min: 1, max: 3 }),
    areRooms: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  })
  .map(({ given, count, until, endsByCount, length, areRooms, ...rest }) => {
    const { query, people, busy, held } = given;
    const persons = people.filter(({ optional }) => !optional);
    const others = people.filter(({ optional }) => optional);
    const optional = others.filter((_, index) => !areRooms[index]);
    const rooms = others
      .filter((_, index) => areRooms[index])
      .map((room) => Object.assign({}, room, { optional: false }));
    const { start } = query.window;
    const value =
      until.form === 'date'
        ? Math.floor((start + until.slots * GRAIN) / DAY) * DAY
        : start + until.slots * GRAIN;
    const end = endsByCount ? { count } : { until: { form: until.form, value } };
    return {
      query: {
        window: { start, end: start + length * GRAIN },
        duration: query.duration,
        bufferBefore: query.bufferBefore,
        bufferAfter: query.bufferAfter,
        minAttending: query.minAttending,
        limit: query.limit,
        zone: query.step?.zone ?? persons[0].timeZone,
        step: query.step?.period ?? null,
        rule: { ...parseRecurrenceRule(rest.rule), ...end },
        // With COUNT, the series would end years after the window.
        inMonthOfStart: rest.inMonthOfStart && !endsByCount,
        minOccurrences: rest.minOccurrences,
      },
      people: { persons, rooms, optional },
      busy,
      held,
    };
  });

/** The series that an event with this start would be. */
export function seriesFrom({ query }: SlotCase, first: Instant): SeriesDefinition {
  const { zone, rule, inMonthOfStart, duration } = query;
  const start = naiveCivil(zone.name, first);
  const byMonth = inMonthOfStart ? [new Date(start).getUTCMonth() + 1] : rule.byMonth;
  return {
    start,
    timeZone: zone.name,
    allDay: false,
    length: { seconds: duration / SECOND },
    rule: { ...rule, byMonth },
    rdates: [],
    exdates: [],
    overrides: [],
  };
}

/** The starts of a series, if it starts at an instant. The first start may be in the second pass of an hour. */
export function seriesStarts(given: SlotCase, first: Instant): Instant[] {
  const series = seriesFrom(given, first);
  const from = first - 2 * DAY;
  const starts = naiveOccurrences(series, from, first + HORIZON).map(({ start }) => start);
  return starts[0] === naiveInstant(series.timeZone, series.start) ? [first, ...starts.slice(1)] : [];
}

/** The answer of `findSeriesSlots`, by trying every start. */
export function bruteForceSlots(given: SlotCase): SeriesSlot[] {
  const { query, people, busy, held } = given;
  const { window, zone, step, duration, minAttending, minOccurrences, limit } = query;
  const horizon = { start: window.start, end: window.end + HORIZON };
  const diary = (person: Person) =>
    new Diary(
      person,
      [busy, held].map((times) => times.get(person.id) ?? []),
      query,
      horizon,
    );
  const persons = people.persons.map(diary);
  const rooms = people.rooms.map(diary);
  const optional = people.optional.map(diary);
  const slots = instantsOf(window)
    .filter((first) => step === null || timeOfDay(naiveCivil(zone.name, first)) % step === 0)
    .map((first) => {
      const starts = seriesStarts(given, first);
      const misses = starts.flatMap((start, index) => {
        const meeting = { start, end: start + duration };
        const meetsItself =
          rooms.length > 0 &&
          starts.some((other, at) => at !== index && other < meeting.end && start < other + duration);
        const attending = persons.filter((each) => each.rulesAgainst(meeting).length === 0).length;
        const roomsFree = rooms.every((room) => room.rulesAgainst(meeting).length === 0);
        const counts = attending >= (minAttending ?? persons.length) && roomsFree && !meetsItself;
        const ofOptional = optional.flatMap((each) => reasonsOf(each, each.rulesAgainst(meeting)));
        if (counts && ofOptional.length === 0) return [];
        if (counts) return [{ originalStart: start, optional: true, reasons: ofOptional }];
        const reasons = [
          ...persons.flatMap((each) => reasonsOf(each, each.rulesAgainst(meeting))),
          ...rooms.flatMap((room) => {
            const rules = room.rulesAgainst(meeting);
            return reasonsOf(room, meetsItself && !rules.includes('busy') ? ['busy', ...rules] : rules);
          }),
          ...ofOptional,
        ];
        return [{ originalStart: start, optional: false, reasons }];
      });
      const occurrences = starts.length - misses.filter((miss) => !miss.optional).length;
      return { start: first, end: first + duration, occurrences, misses };
    })
    .filter(({ occurrences }) => occurrences >= minOccurrences)
    .toSorted((a, b) => b.occurrences - a.occurrences || a.start - b.start);
  const chosen: SeriesSlot[] = [];
  for (const slot of slots) {
    if (chosen.length === limit) break;
    const gap = Math.max(query.bufferBefore, query.bufferAfter);
    if (chosen.every(({ start, end }) => slot.end + gap <= start || end + gap <= slot.start))
      chosen.push(slot);
  }
  return chosen;
}

function reasonsOf({ person }: Diary, rules: readonly MissReason['rule'][]): MissReason[] {
  return rules.map((rule) => ({ userId: person.id, rule, optional: person.optional }));
}

/** The order of the rules of a person. */
const RULES = ['busy', 'away', 'hold', 'buffer', 'date_override', 'outside_working_hours'] as const;

/** The calendar of a person, in the words of the contract. */
class Diary {
  private readonly working: ReadonlySet<Instant> | null;
  /** The instants at which not the shifts of the week decide that there is no work. */
  private readonly ofDates: ReadonlySet<Instant>;
  private readonly known = new Map<Instant, MissReason['rule'][]>();

  constructor(
    readonly person: Person,
    private readonly times: readonly (readonly Interval[])[],
    private readonly query: SeriesSlotQuery,
    horizon: Interval,
  ) {
    const { workingHours, timeZone } = person;
    this.working = workingHours === null ? null : instantsAtWork(workingHours, timeZone, horizon);
    const hours = workingHours ?? [];
    const dates = hours.flatMap((row) => (isWeekly(row) ? [] : [row.date]));
    this.ofDates = new Set([
      ...instantsInDays(dates, timeZone, horizon),
      ...instantsAtWork(hours.filter(isWeekly), timeZone, horizon),
    ]);
  }

  /** The rules against any instant of a meeting. */
  rulesAgainst(meeting: Interval): MissReason['rule'][] {
    let rules = this.known.get(meeting.start);
    if (rules === undefined) {
      const against = new Set(instantsOf(meeting).flatMap((instant) => this.rulesAt(instant)));
      rules = RULES.filter((rule) => against.has(rule));
      this.known.set(meeting.start, rules);
    }
    return rules;
  }

  private rulesAt(instant: Instant): MissReason['rule'][] {
    const { bufferBefore, bufferAfter } = this.query;
    const end = instant + GRAIN;
    const [meetings, held] = this.times;
    const away = this.person.away ?? [];
    const isBusy = overlapsAny(meetings, instant, end);
    const isHeld = overlapsAny(held, instant, end);
    const isAway = overlapsAny(away, instant, end);
    const near = overlapsAny([...meetings, ...held, ...away], instant - bufferBefore, end + bufferAfter);
    const rules: MissReason['rule'][] = [];
    if (isBusy) rules.push('busy');
    if (isAway) rules.push('away');
    if (isHeld) rules.push('hold');
    if (near && !isBusy && !isAway && !isHeld) rules.push('buffer');
    if (this.working?.has(instant) === false)
      rules.push(this.ofDates.has(instant) ? 'date_override' : 'outside_working_hours');
    return rules;
  }
}

function overlapsAny(times: readonly Interval[], start: Instant, end: Instant): boolean {
  return times.some((each) => each.start < each.end && each.start < end && start < each.end);
}
