import { describe, expect, test } from '@jest/globals';
import type { Someone } from '../../../../test/support/core/free-interval-search.js';
import { search } from '../../../../test/support/core/free-interval-search.js';
import { set } from '../../../../test/support/core/interval-set.js';
import { DAY, HOUR, MINUTE } from '../../time/civil-time.js';
import { firstWindowRead, partsOf } from './nearest-free-intervals.js';

describe('the nearest free interval', () => {
  test('of nobody busy is the first, and nothing ends it', async () => {
    const { nearest, reasons } = await search([{}, {}]);
    expect(nearest).toEqual({ time: '08:00 - 09:00', freeUntil: null, attending: [1, 2] });
    expect(reasons).toEqual([]);
  });

  test.each<[string, string, string, string | null]>([
    ['before a meeting, touching it', '09:00 - 10:00', '08:00 - 09:00', '09:00'],
    ['after a meeting, touching it', '07:00 - 08:30', '08:30 - 09:30', null],
    ['between two, touching both', '08:00 - 09:00, 10:00 - 11:00', '09:00 - 10:00', '10:00'],
    ['not in a gap that is too short', '08:00 - 09:00, 09:59 - 11:00', '11:00 - 12:00', null],
    ['not within the outer of nested meetings', '08:00 - 12:00, 09:00 - 10:00', '12:00 - 13:00', null],
    ['not between overlapping meetings', '08:00 - 10:00, 09:30 - 12:00', '12:00 - 13:00', null],
    ['not between touching meetings', '08:00 - 10:00, 10:00 - 12:00', '12:00 - 13:00', null],
    ['with meetings out of order', '10:00 - 11:00, 08:00 - 09:00', '09:00 - 10:00', '10:00'],
    ['across midnight', '08:00 - 23:30', '23:30 - 2026-01-06 00:30', null],
    ['over a meeting without a length', '08:30 - 08:30', '08:00 - 09:00', null],
  ])('is %s', async (_name, busy, time, freeUntil) => {
    const { nearest } = await search([{ busy }]);
    expect(nearest).toMatchObject({ time, freeUntil });
  });

  test('suits everybody', async () => {
    const { nearest } = await search([
      { busy: '08:00 - 09:00, 11:00 - 12:00' },
      { busy: '08:30 - 09:30' },
      { busy: '09:15 - 10:00, 13:00 - 14:00' },
    ]);
    expect(nearest).toEqual({ time: '10:00 - 11:00', freeUntil: '11:00', attending: [1, 2, 3] });
  });

  test('ends with the window at the latest', async () => {
    const busy = '08:00 - 09:00';
    expect((await search([{ busy }], { to: '10:00' })).nearest).toMatchObject({
      time: '09:00 - 10:00',
      freeUntil: null,
    });
    expect((await search([{}], { to: '09:00' })).nearest).toMatchObject({ time: '08:00 - 09:00' });
    expect((await search([{ busy }], { to: '09:59' })).nearest).toBeUndefined();
    expect((await search([{ busy }], { to: '08:00' })).nearest).toBeUndefined();
  });
});

describe('working hours', () => {
  test('are kept by everybody in their own zone', async () => {
    const { nearest } = await search(
      [
        { hours: '09:00 - 18:00', zone: 'Europe/Moscow' },
        { hours: '09:00 - 18:00', zone: 'Europe/London' },
      ],
      { from: '2026-01-10 00:00', to: '2026-01-20 00:00' },
    );
    expect(nearest).toMatchObject({
      time: '2026-01-12 09:00 - 2026-01-12 10:00',
      freeUntil: '2026-01-12 15:00',
    });
  });

  test('that never meet are told user by user, and each could attend alone', async () => {
    const { nearest, reasons } = await search([
      { hours: '09:00 - 17:00', zone: 'Asia/Tokyo' },
      { hours: '09:00 - 17:00', zone: 'America/New_York' },
    ]);
    expect(nearest).toBeUndefined();
    expect(reasons).toEqual(['1 outside_working_hours', '2 outside_working_hours']);
  });

  test('that meet only before a change of summer time', async () => {
    const people = [
      { hours: '08:00 - 16:00', zone: 'Europe/London' },
      { hours: '11:00 - 19:00', zone: 'America/New_York' },
    ];
    const winter = await search(people, {
      from: '2026-03-06 12:00',
      to: '2026-03-08 00:00',
      duration: 30 * MINUTE,
    });
    const between = await search(people, {
      from: '2026-03-08 00:00',
      to: '2026-03-29 00:00',
      duration: 30 * MINUTE,
    });
    expect(winter.nearest).toBeUndefined();
    expect(between.nearest).toMatchObject({ time: '2026-03-09 15:00 - 2026-03-09 15:30' });
  });

  test('past midnight hold a meeting past midnight', async () => {
    const { nearest } = await search([{ hours: '22:00 - 06:00' }], { duration: 8 * HOUR });
    expect(nearest).toMatchObject({ time: '22:00 - 2026-01-06 06:00', freeUntil: '2026-01-06 06:00' });
  });

  test('that are shorter than the meeting make a user never available', async () => {
    const { reasons } = await search([{ hours: '09:00 - 17:00' }, { busy: '08:00 - 09:00' }], {
      duration: 9 * HOUR,
    });
    expect(reasons).toEqual(['1 outside_working_hours, throughout', '2 busy']);
  });
});

describe('buffers', () => {
  test('keep their distance from meetings on both sides', async () => {
    const busy = '08:00 - 09:00, 10:30 - 11:00';
    const wish = { bufferBefore: 10 * MINUTE, bufferAfter: 20 * MINUTE };
    expect((await search([{ busy }], wish)).nearest).toMatchObject({
      time: '09:10 - 10:10',
      freeUntil: '10:10',
    });
    expect((await search([{ busy }], { ...wish, bufferAfter: 21 * MINUTE })).nearest).toMatchObject({
      time: '11:10 - 12:10',
    });
  });

  test('look at meetings outside the window', async () => {
    const busy = '07:00 - 07:55, 10:00 - 11:00';
    const wish = { bufferBefore: 10 * MINUTE, bufferAfter: 10 * MINUTE, to: '10:00' };
    const { nearest, reasons } = await search([{ busy }], wish);
    expect(nearest).toMatchObject({ time: '08:05 - 09:05', freeUntil: '09:50' });
    expect(reasons).toEqual(['1 buffer']);
  });

  test('are not kept from meetings without a length', async () => {
    const { nearest } = await search([{ busy: '08:30 - 08:30' }], { bufferBefore: HOUR, bufferAfter: HOUR });
    expect(nearest).toMatchObject({ time: '08:00 - 09:00', freeUntil: null });
  });

  test('do not need to be working time', async () => {
    const { nearest } = await search([{ hours: '09:00 - 10:00' }], {
      bufferBefore: HOUR,
      bufferAfter: HOUR,
    });
    expect(nearest).toMatchObject({ time: '09:00 - 10:00', freeUntil: '10:00' });
  });
});

describe('a step', () => {
  test("puts starts on the wall clock's grid", async () => {
    const people = [{ busy: '07:00 - 08:20' }];
    expect((await search(people, { step: 15 * MINUTE })).nearest).toMatchObject({ time: '08:30 - 09:30' });
    expect((await search(people, { step: HOUR, stepZone: 'Asia/Kathmandu' })).nearest).toMatchObject({
      time: '09:15 - 10:15',
    });
  });

  test('passes over a gap that holds the duration only off the grid', async () => {
    const { nearest } = await search([{ busy: '07:00 - 08:05, 09:10 - 09:30' }], { step: 30 * MINUTE });
    expect(nearest).toMatchObject({ time: '09:30 - 10:30' });
  });
});

describe('a quorum', () => {
  const people: Someone[] = [
    { busy: '08:00 - 10:00' },
    { busy: '08:00 - 09:00, 11:00 - 12:00' },
    { busy: '09:30 - 14:00' },
  ];

  test.each([
    [1, '08:00 - 09:00', '09:30', [3]],
    [2, '10:00 - 11:00', '11:00', [1, 2]],
    [3, '14:00 - 15:00', null, [1, 2, 3]],
  ])('of %d', async (minAttending, time, freeUntil, attending) => {
    expect((await search(people, { minAttending })).nearest).toEqual({ time, freeUntil, attending });
  });

  test('is of people who can stay from start to end', async () => {
    const relay: Someone[] = [{ busy: '08:30 - 20:00' }, { busy: '07:00 - 08:30, 09:00 - 20:00' }];
    expect((await search(relay, { minAttending: 1 })).nearest).toMatchObject({ time: '20:00 - 21:00' });
  });
});

describe('optional people', () => {
  test('neither block nor end an interval, and are named when they can attend', async () => {
    const { suggestions, reasons } = await search(
      [
        { busy: '08:00 - 09:00' },
        { busy: '08:00 - 10:00', optional: true },
        { busy: '10:30 - 11:00', optional: true },
      ],
      { limit: 3 },
    );
    expect(suggestions).toEqual([
      { time: '09:00 - 10:00', freeUntil: null, attending: [1, 3] },
      { time: '10:00 - 11:00', freeUntil: null, attending: [1, 2] },
      { time: '11:00 - 12:00', freeUntil: null, attending: [1, 2, 3] },
    ]);
    expect(reasons).toEqual(['1 busy', '2 busy, optional, throughout']);
  });

  test('do not count towards a quorum', async () => {
    const { nearest } = await search([{ busy: '08:00 - 09:00' }, { optional: true }], {
      minAttending: 1,
    });
    expect(nearest).toMatchObject({ time: '09:00 - 10:00' });
  });
});

describe('the parts of a window', () => {
  test.each<[string, string, number, string]>([
    ['of an empty one', '3-3', 2, ''],
    ['as long as one part', '0-2', 2, '0-2'],
    ['of whole parts', '0-4', 2, '0-2 2-4'],
    ['with a shorter last one', '1-6', 2, '1-3 3-5 5-6'],
    ['shorter than one part', '0-1', 2, '0-1'],
    ['in one part without an end', '0-9', Infinity, '0-9'],
  ])('%s', (_, window, length, parts) => {
    expect([...partsOf(set(window)[0], length)]).toEqual(set(parts));
  });
});

describe('the window a search reads first', () => {
  const start = Date.UTC(2026, 0, 5);

  test.each([
    ['a week of a longer one', 365, 0, start + 7 * DAY],
    ['all of a shorter one', 2, 0, start + 2 * DAY],
    ['wider by the buffers', 365, HOUR, start + 7 * DAY + HOUR],
    ['an instant of an empty one', 0, 0, start],
  ])('is %s', async (_, days, buffer, end) => {
    const query = { window: { start, end: start + days * DAY }, bufferBefore: buffer, bufferAfter: buffer };
    expect(firstWindowRead(query)).toEqual({ start: start - buffer, end });
  });

  test('is the one that it does read first', async () => {
    const { read } = await search([{}], { bufferBefore: MINUTE });
    const from = Date.UTC(2026, 0, 5, 8);
    const window = { start: from, end: from + 7 * DAY };
    expect(read[0]).toEqual(firstWindowRead({ window, bufferBefore: MINUTE, bufferAfter: 0 }));
  });
});
