import { describe, expect, test } from '@jest/globals';
import { parseRecurrenceRule } from '../../../calendar/recurrence/rule/rule-text.js';
import {
  type CivilTime,
  formatCivilTime,
  parseCivilTime,
  SECOND_PASS,
} from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { parseWhen, type When } from '../../../calendar/time/when.js';
import { changedDates, movedExdates, movedRdates } from './repeat-dates.js';
import type { Schedule } from './schedule.js';

const when = (text: string) => parseWhen(text) as When;

const MON = '2026-07-06T09:00:00';
const TUE = '2026-07-07T09:00:00';
const WED = '2026-07-08T09:00:00';

/** A series of an hour a day in Berlin, from Monday on. */
function daily(dates: Partial<Record<'rdates' | 'exdates', readonly string[]>> = {}, start = MON): Schedule {
  return {
    allDay: false,
    timeZone: 'Europe/Berlin',
    endTimeZone: null,
    floating: false,
    start: parseCivilTime(start),
    startAt: timeZone('Europe/Berlin').toInstant(parseCivilTime(start)),
    length: { seconds: 3_600 },
    rule: parseRecurrenceRule('FREQ=DAILY'),
    rdates: (dates.rdates ?? []).map(parseCivilTime),
    exdates: (dates.exdates ?? []).map(parseCivilTime),
  };
}

function texts(dates: readonly CivilTime[]): string[] {
  return dates.map(formatCivilTime);
}

describe('the EXDATEs that a command names', () => {
  const series = daily({ exdates: [TUE] });
  const split = daily({ exdates: [] });

  test.each<[string, readonly string[] | undefined, Schedule | null, string[], string[]]>([
    ['none at all: those of the series stay', undefined, series, [TUE], []],
    ['an empty list: none stays', [], series, [], []],
    ['one of the series, by its civil time', [TUE], series, [TUE], []],
    ['one of the series, by its instant', ['2026-07-07T07:00:00Z'], series, [TUE], []],
    ['a new one', [WED], series, [], [WED]],
    ['one of each', [WED, TUE], series, [TUE], [WED]],
    ['one that the earlier part of a split series kept', [TUE], split, [], []],
    ['one of a new series', [TUE], null, [], [TUE]],
  ])('are %s', (_, named, current, kept, added) => {
    const shown = current && series;
    const dates = changedDates('exdates', named?.map(when), series, current, shown);
    expect(texts(dates.kept)).toEqual(kept);
    expect(texts(dates.named.map(({ civil }) => civil))).toEqual(added);
  });

  test('have a time of day, unless the series is all-day', () => {
    expect(() => changedDates('exdates', [when('2026-07-07')], series, null, null)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'repeat.exdates' })] }),
    );
  });
});

describe('the RDATEs of a changed series', () => {
  const current = daily({ rdates: [TUE] });

  test.each([
    ['move with its start', '2026-07-06T10:30:00', [], ['2026-07-07T10:30:00']],
    ['are in order, each once', MON, [WED, TUE], [TUE, WED]],
  ])('%s', (_, start, named, rdates) => {
    const next = daily({}, start);
    const added = named.map((text) => ({ when: when(text), civil: parseCivilTime(text) }));
    const dates = { kept: current.rdates, named: added };
    expect(texts(movedRdates(dates, next, current))).toEqual(rdates);
  });
});

describe('the EXDATEs of a changed series', () => {
  const current = daily({ exdates: [TUE] });

  test.each<[string, Schedule, readonly string[], string[]]>([
    ['move with its start', daily({}, '2026-07-06T10:30:00'), [], ['2026-07-07T10:30:00']],
    [
      'end if their occurrence no longer exists',
      { ...daily(), rule: parseRecurrenceRule('FREQ=WEEKLY') },
      [],
      [],
    ],
    ['are in order, each once', daily(), [WED, MON, WED], [MON, TUE, WED]],
  ])('%s', (_, next, named, exdates) => {
    const added = named.map((text) => ({ when: when(text), civil: parseCivilTime(text) }));
    const dates = { kept: current.exdates, named: added };
    expect(texts(movedExdates(dates, next, current))).toEqual(exdates);
  });

  test('may name the second pass of a repeated hour by its civil time', () => {
    const next = { ...daily(), rule: null, rdates: [parseCivilTime('2026-10-25T02:30:00') + SECOND_PASS] };
    const named = [{ when: when('2026-10-25T02:30:00'), civil: parseCivilTime('2026-10-25T02:30:00') }];
    expect(movedExdates({ kept: [], named }, next, null)).toEqual(next.rdates);
  });

  test('name an occurrence', () => {
    const named = [{ when: when('2026-07-07T10:00:00'), civil: parseCivilTime('2026-07-07T10:00:00') }];
    const message = '"2026-07-07T10:00:00" names no occurrence';
    expect(() => movedExdates({ kept: [], named }, daily(), null)).toThrow(
      expect.objectContaining({ errors: [{ field: 'repeat.exdates', message }] }),
    );
  });
});
