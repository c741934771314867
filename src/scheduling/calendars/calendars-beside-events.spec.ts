import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { dailyRecord } from '../../../test/support/core/event-records.js';
import { PROPERTY_RUNS, printedSeed } from '../../../test/support/core/seed.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { clip, intersect, normalise } from '../../calendar/intervals/interval-set.js';
import { DAY, HOUR } from '../../calendar/time/civil-time.js';
import { LongWork } from '../../platform/work/long-work.js';
import { CompiledSeries } from '../occurrences/compiled-series.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import { CalendarsBesideEvents } from './calendars-beside-events.js';
import type { AttendedSeries } from './grouped-series.js';

const START = Date.UTC(2026, 0, 5);
const USERS = [1, 2, 3];
const SINGLE = 100;

interface Event {
  readonly id: number;
  readonly userIds: readonly number[];
  readonly times: readonly Interval[];
  /** Null: the event does not repeat. */
  readonly series: AttendedSeries | null;
}

const hours = fc
  .record({ at: fc.nat(24 * 40), length: fc.integer({ min: 1, max: 30 }) })
  .map(({ at, length }): Interval => ({ start: START + at * HOUR, end: START + (at + length) * HOUR }));

const someUsers = fc.subarray(USERS, { minLength: 1 });

const single = fc
  .record({ userIds: someUsers, time: hours })
  .map(({ userIds, time }) => ({ userIds, times: [time], series: null }));

/** An hour on each day, from nine: the series of `dailyRecord` without an end is cut by the windows. */
const daily = someUsers.map((userIds) => {
  const attendees = userIds.map((userId) => ({ userId, status: 'accepted' as const, answers: [] }));
  const times = Array.from({ length: 60 }, (_, day) => ({
    start: START + day * DAY + 9 * HOUR,
    end: START + day * DAY + 10 * HOUR,
  }));
  return { userIds, times, series: { ...dailyRecord(), attendees } };
});

const calendar = fc
  .array(fc.oneof({ weight: 4, arbitrary: single }, daily), { maxLength: 12 })
  .map((events) => events.map((event, index): Event => ({ ...event, id: SINGLE + index })));

/** Windows in the calendars of users, and the events that are compared. */
const questions = fc.record({
  events: calendar,
  apart: fc.subarray(Array.from({ length: 12 }, (_, index) => SINGLE + index)),
  windows: fc.array(hours, { minLength: 1, maxLength: 4 }),
});

function calendarsOf(events: readonly Event[], apart: readonly number[], windows: readonly Interval[]) {
  const ofUser = (userId: number, isApart: boolean) =>
    events.filter(
      ({ id, userIds, series }) =>
        series === null && userIds.includes(userId) && apart.includes(id) === isApart,
    );
  const timed = (isApart: boolean) =>
    USERS.map((userId): [number, { eventId: number; start: number; end: number }[]] => [
      userId,
      ofUser(userId, isApart).flatMap(({ id, times }) => times.map((time) => ({ eventId: id, ...time }))),
    ]);
  const merged = new Map(timed(false).map(([userId, times]) => [userId, normalise(times)]));
  return new CalendarsBesideEvents(
    new Map(USERS.map((userId) => [userId, normalise(windows)])),
    new Set(apart),
    { merged, apart: new Map(timed(true)) },
    events.flatMap(({ id, series }) => (series ? [{ ...series, id }] : [])),
    new OccurrencesService(new CompiledSeries()),
    new LongWork().begin(),
  );
}

describe('the busy time of a user beside an event', () => {
  test('is that of all other events, within each window', async () => {
    await fc.assert(
      fc.asyncProperty(questions, async ({ events, apart, windows }) => {
        const calendars = calendarsOf(events, apart, windows);
        const pairs = USERS.flatMap((userId) => apart.map((eventId) => ({ userId, eventId })));
        const found = pairs.map((): Interval[] => []);
        for (const part of calendars.parts()) {
          const busy = await calendars.busyIn(part, new Set(USERS));
          const time = clip(normalise(windows), part);
          for (const [index, { userId, eventId }] of pairs.entries())
            found[index].push(...(await busy.within(time, userId, eventId)));
        }
        const expected = pairs.map(({ userId, eventId }) => {
          const others = events.filter(({ id, userIds }) => id !== eventId && userIds.includes(userId));
          return intersect(normalise(windows), normalise(others.flatMap(({ times }) => times)));
        });
        expect(found.map(normalise)).toEqual(expected);
      }),
      { seed: printedSeed('calendars beside events'), numRuns: Math.min(PROPERTY_RUNS, 300) },
    );
  });

  test('leaves out users who are not asked for, and time beyond the windows', async () => {
    const event = { id: SINGLE, userIds: [1], times: [{ start: START, end: START + HOUR }], series: null };
    const calendars = calendarsOf([event], [], [{ start: START + HOUR, end: START + 2 * HOUR }]);
    const [part] = calendars.parts();
    const busy = await calendars.busyIn(part, new Set([2]));
    expect(await busy.within([part], 1, 0)).toEqual([]);
    expect(await busy.within([], 2, 0)).toEqual([]);
  });

  test('has floating days in the zone of each user, as one event', async () => {
    const day = { ...dailyRecord(), allDay: true, floating: true, start: '2026-01-05T00:00:00', rule: null };
    const inZone = (userId: number, timeZone: string): Event => ({
      id: SINGLE,
      userIds: [userId],
      times: [],
      series: {
        ...day,
        length: { days: 1 },
        timeZone,
        attendees: [{ userId, status: 'accepted', answers: [] }],
      },
    });
    const floating = [inZone(1, 'UTC'), inZone(2, 'America/New_York')];
    const window = { start: START - DAY, end: START + 3 * DAY };
    for (const apart of [[], [SINGLE]]) {
      const calendars = calendarsOf(floating, apart, [window]);
      const found = new Map(USERS.map((userId) => [userId, new Array<Interval>()]));
      for (const part of calendars.parts()) {
        const busy = await calendars.busyIn(part, new Set(USERS));
        for (const [userId, set] of found) set.push(...(await busy.within([part], userId, 0)));
        expect(await busy.within([part], 1, SINGLE)).toHaveLength(apart.length === 0 ? 1 : 0);
      }
      expect([...found.values()]).toEqual([
        [{ start: START, end: START + DAY }],
        [{ start: START + 5 * HOUR, end: START + DAY + 5 * HOUR }],
        [],
      ]);
    }
  });

  test('has no series without a length, whether apart or not', async () => {
    const attendees = [{ userId: 1, status: 'accepted' as const, answers: [] }];
    const series = { ...dailyRecord(), length: { seconds: 0 }, attendees };
    for (const apart of [[], [SINGLE]]) {
      const calendars = calendarsOf([{ id: SINGLE, userIds: [1], times: [], series }], apart, [
        { start: START, end: START + 2 * DAY },
      ]);
      for (const part of calendars.parts())
        expect(await (await calendars.busyIn(part, new Set([1]))).within([part], 1, 0)).toEqual([]);
    }
  });
});
