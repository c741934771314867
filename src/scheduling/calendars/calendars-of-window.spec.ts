import { describe, expect, test } from '@jest/globals';
import { dailyRecord, overrideRecord, toldInstant } from '../../../test/support/core/event-records.js';
import type { ParticipationStatus } from '../../calendar/availability/free-busy.js';
import type { BusyKind } from '../../calendar/availability/kinds/busy-kind.js';
import type { KindedInterval } from '../../calendar/availability/kinds/kinded-time.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { DAY, HOUR, SECOND } from '../../calendar/time/civil-time.js';
import { LongWork } from '../../platform/work/long-work.js';
import { CompiledSeries } from '../occurrences/compiled-series.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import { CalendarsOfWindow } from './calendars-of-window.js';
import type { AttendedSeries } from './grouped-series.js';

const MONDAY = Date.UTC(2026, 0, 5);
const [ANN, BOB] = [1, 2];

/** An hour on each day, from nine. */
function daily(
  statuses: Record<number, ParticipationStatus>,
  fields: Partial<AttendedSeries> = {},
): AttendedSeries {
  const attendees = Object.entries(statuses).map(([id, status]) => ({
    userId: Number(id),
    status,
    answers: [],
  }));
  return { ...dailyRecord(), attendees, ...fields };
}

function calendars(
  series: readonly AttendedSeries[],
  single: ReadonlyMap<number, readonly KindedInterval[]> = new Map(),
) {
  const occurrences = new OccurrencesService(new CompiledSeries());
  const effort = new LongWork().begin();
  return new CalendarsOfWindow([ANN, BOB], new Map(), single, series, occurrences, effort);
}

/** An interval of that Monday, in hours. */
function hours(start: number, end: number, kind: BusyKind = 'busy'): KindedInterval {
  return { start: MONDAY + start * HOUR, end: MONDAY + end * HOUR, kind };
}

/** The busy time of each user on that Monday or in a part of it. */
async function busyIn(read: CalendarsOfWindow, part = hours(0, 24)): Promise<Record<number, string[]>> {
  return Object.fromEntries([...(await read.busyIn(part))].map(([id, set]) => [id, set.map(told)]));
}

function told({ start, end }: Interval): string {
  return `${toldInstant(start).slice(11)} to ${toldInstant(end).slice(11)}`;
}

describe('the busy time of a part', () => {
  test.each<[string, AttendedSeries[], Record<number, readonly KindedInterval[]>, string[]]>([
    ['is empty without events', [], {}, []],
    ['has events', [], { [ANN]: [hours(9, 10), hours(12, 13)] }, ['09:00 to 10:00', '12:00 to 13:00']],
    ['has the occurrences of series', [daily({ [ANN]: 'accepted' })], {}, ['09:00 to 10:00']],
    [
      'joins what touches or overlaps',
      [daily({ [ANN]: 'accepted' })],
      { [ANN]: [hours(8, 9), hours(9.5, 11)] },
      ['08:00 to 11:00'],
    ],
    ['has no declined series', [daily({ [ANN]: 'declined' })], {}, []],
    [
      'has the accepted occurrence of a declined series',
      [
        daily(
          {},
          {
            attendees: [
              {
                userId: ANN,
                status: 'declined',
                answers: [{ originalStart: '2026-01-05T09:00:00', status: 'accepted' }],
              },
            ],
          },
        ),
      ],
      {},
      ['09:00 to 10:00'],
    ],
    ['has no series shown as free', [daily({ [ANN]: 'accepted' }, { showAs: 'free' })], {}, []],
    [
      'has the occurrence of such a series that is shown as busy',
      [
        daily(
          { [ANN]: 'accepted' },
          { showAs: 'free', overrides: [overrideRecord('2026-01-05T09:00:00', { showAs: 'busy' })] },
        ),
      ],
      {},
      ['09:00 to 10:00'],
    ],
    ['has nothing of another user', [daily({ [BOB]: 'accepted' })], { [BOB]: [hours(1, 2)] }, []],
  ])('%s', async (_, series, single, expected) => {
    const byUser = new Map(Object.entries(single).map(([id, intervals]) => [Number(id), intervals]));
    expect((await busyIn(calendars(series, byUser)))[ANN]).toEqual(expected);
  });

  test('is cut at its ends', async () => {
    const read = calendars(
      [daily({ [ANN]: 'accepted', [BOB]: 'accepted' })],
      new Map([[BOB, [hours(8, 12)]]]),
    );
    expect(await busyIn(read, hours(9.5, 11))).toEqual({
      [ANN]: ['09:30 to 10:00'],
      [BOB]: ['09:30 to 11:00'],
    });
  });
});

describe('the kinds of a part', () => {
  test.each<[string, AttendedSeries[], readonly KindedInterval[], string[]]>([
    [
      'are those of the events, the strongest where they overlap',
      [daily({ [ANN]: 'accepted' }, { showAs: 'out_of_office' })],
      [hours(8, 9.5), hours(9.5, 11, 'tentative')],
      ['08:00 to 09:00 busy', '09:00 to 10:00 out_of_office', '10:00 to 11:00 tentative'],
    ],
    [
      'are tentative without a firm answer',
      [daily({ [ANN]: 'needs_action' }, { showAs: 'out_of_office' })],
      [],
      ['09:00 to 10:00 tentative'],
    ],
    [
      'are those of overrides',
      [
        daily(
          { [ANN]: 'accepted' },
          { showAs: 'free', overrides: [overrideRecord('2026-01-05T09:00:00', { showAs: 'tentative' })] },
        ),
      ],
      [],
      ['09:00 to 10:00 tentative'],
    ],
    [
      'end with the part',
      [],
      [hours(-3, 1), hours(23, 30, 'tentative')],
      ['00:00 to 01:00 busy', '23:00 to 00:00 tentative'],
    ],
    ['have no event without a length', [], [hours(4, 4)], []],
  ])('%s', async (_, series, single, expected) => {
    const kinds = await calendars(series, new Map([[ANN, single]])).kindsIn(hours(0, 24));
    expect(kinds.get(ANN)?.map((each) => `${told(each)} ${each.kind}`)).toEqual(expected);
    expect(kinds.get(BOB)).toEqual([]);
  });
});

test('the kinds of the occurrences of a series follow the answers to each, and the other attendees have their own', async () => {
  const answers = (['declined', 'tentative', 'tentative', 'accepted'] as const).map((status, day) => ({
    originalStart: `2026-01-${String(6 + day).padStart(2, '0')}T09:00:00`,
    status,
  }));
  const series = daily(
    {},
    {
      attendees: [
        { userId: ANN, status: 'accepted', answers },
        { userId: BOB, status: 'accepted', answers: [] },
      ],
    },
  );
  const kinds = await calendars([series]).kindsIn(hours(0, 6 * 24));
  const daysOf = (id: number) =>
    kinds.get(id)?.map(({ start, kind }) => `${toldInstant(start).slice(8, 10)} ${kind}`);
  expect(daysOf(ANN)).toEqual(['05 busy', '07 tentative', '08 tentative', '09 busy', '10 busy']);
  expect(daysOf(BOB)).toEqual(['05', '06', '07', '08', '09', '10'].map((day) => `${day} busy`));
});

describe('the length of a part', () => {
  test.each<[string, AttendedSeries[], number]>([
    ['has no limit without series', [daily({ [ANN]: 'declined' })], Infinity],
    ['holds 10,000 occurrences', [daily({ [ANN]: 'accepted' })], 10_000 * DAY],
    ['counts them for each user', [daily({ [ANN]: 'accepted', [BOB]: 'accepted' })], 5_000 * DAY],
    [
      'is a whole second, rounded down',
      Array.from({ length: 7 }, () => daily({ [ANN]: 'accepted' })),
      Math.floor(((10_000 / 7) * DAY) / SECOND) * SECOND,
    ],
  ])('%s', (_, series, expected) => {
    expect(calendars(series).partLength).toBe(expected);
  });
});
