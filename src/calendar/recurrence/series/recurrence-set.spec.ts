import { describe, expect, test } from '@jest/globals';
import { series, startsIn } from '../../../../test/support/core/series.js';
import { formatCivilTime, parseCivilTime } from '../../time/civil-time.js';
import { compileSeries, type Override, type SeriesDefinition } from './event-series.js';
import {
  firstOccurrence,
  listOccurrences,
  MAX_WINDOW,
  occurrenceAt,
  occurrencesIn,
} from './recurrence-set.js';

const at = (text: string) => Date.parse(text);
const civil = parseCivilTime;

function override(originalStart: string, changes: Partial<Override> = {}): Override {
  return { originalStart: civil(originalStart), cancelled: false, ...changes };
}

const starts = (definition: SeriesDefinition) =>
  startsIn(compileSeries(definition), { start: -Infinity, end: Infinity }).map((start) =>
    formatCivilTime(start).slice(0, 10),
  );

describe('the recurrence set', () => {
  test.each([
    ['no rule', series(null), '2022-09-06'],
    [
      'no rule, RDATEs',
      series(null, { rdates: [civil('2022-09-08T09:00:00'), civil('2022-09-06T09:00:00')] }),
      '2022-09-06 2022-09-08',
    ],
    ['a rule that yields DTSTART', series('FREQ=DAILY;COUNT=2'), '2022-09-06 2022-09-07'],
    ['a rule that does not', series('FREQ=WEEKLY;BYDAY=TH;COUNT=2'), '2022-09-08 2022-09-15'],
    [
      'RDATE before, on and after',
      series('FREQ=DAILY;COUNT=2', {
        rdates: [civil('2022-10-01T09:00:00'), civil('2022-09-06T09:00:00'), civil('2022-09-01T09:00:00')],
      }),
      '2022-09-01 2022-09-06 2022-09-07 2022-10-01',
    ],
    [
      'EXDATE takes from COUNT',
      series('FREQ=DAILY;COUNT=3', { exdates: [civil('2022-09-07T09:00:00')] }),
      '2022-09-06 2022-09-08',
    ],
    [
      'EXDATE at another time takes nothing',
      series('FREQ=DAILY;COUNT=2', { exdates: [civil('2022-09-07T10:00:00')] }),
      '2022-09-06 2022-09-07',
    ],
    [
      'EXDATE takes an RDATE',
      series('FREQ=DAILY;COUNT=1', {
        rdates: [civil('2022-10-01T09:00:00')],
        exdates: [civil('2022-10-01T09:00:00')],
      }),
      '2022-09-06',
    ],
    [
      'a cancelled occurrence',
      series('FREQ=DAILY;COUNT=3', { overrides: [override('2022-09-07T09:00:00', { cancelled: true })] }),
      '2022-09-06 2022-09-08',
    ],
    [
      'one moved past another',
      series('FREQ=DAILY;COUNT=3', {
        overrides: [override('2022-09-06T09:00:00', { start: civil('2022-09-20T09:00:00') })],
      }),
      '2022-09-07 2022-09-08 2022-09-20',
    ],
    [
      'one moved onto another: both',
      series('FREQ=DAILY;COUNT=2', {
        overrides: [override('2022-09-06T09:00:00', { start: civil('2022-09-07T09:00:00') })],
      }),
      '2022-09-07 2022-09-07',
    ],
    ['everything excluded', series('FREQ=DAILY;COUNT=1', { exdates: [civil('2022-09-06T09:00:00')] }), ''],
  ])('%s', (_case, definition, expected) => {
    expect(starts(definition)).toEqual(expected.split(' ').filter((date) => date !== ''));
  });

  test('is made only as far as it is read', () => {
    const endless = occurrencesIn(compileSeries(series('FREQ=DAILY')), { start: -Infinity, end: Infinity });
    const read: number[] = [];
    for (const { start } of endless) {
      read.push(start);
      if (read.length === 3) break;
    }
    expect(read).toEqual([
      at('2022-09-06T09:00:00Z'),
      at('2022-09-07T09:00:00Z'),
      at('2022-09-08T09:00:00Z'),
    ]);
  });

  test('two readers do not disturb each other', () => {
    const compiled = compileSeries(series('FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=1,2;COUNT=200'));
    const window = { start: -Infinity, end: Infinity };
    const alone = [...occurrencesIn(compiled, window)];
    const together = alone.map(() => [] as number[]);
    const readers = [occurrencesIn(compiled, window), occurrencesIn(compiled, window)].map((reader) =>
      reader[Symbol.iterator](),
    );
    for (const pair of together) {
      for (const reader of readers) {
        const { value } = reader.next();
        if (value) pair.push(value.start);
      }
    }
    expect(together).toEqual(alone.map(({ start }) => [start, start]));
  });
});

describe('a single occurrence', () => {
  const moved = override('2022-09-07T09:00:00', {
    start: civil('2022-09-20T12:00:00'),
    length: { seconds: 7_200 },
  });
  const cancelled = override('2022-09-08T09:00:00', { cancelled: true });
  const daily = compileSeries(
    series('FREQ=DAILY', { exdates: [civil('2022-09-09T09:00:00')], overrides: [moved, cancelled] }),
  );

  test('is found by its original start, wherever it was moved to', () => {
    expect(occurrenceAt(daily, at('2022-09-07T09:00:00Z'))).toEqual({
      start: at('2022-09-20T12:00:00Z'),
      end: at('2022-09-20T14:00:00Z'),
      originalStart: at('2022-09-07T09:00:00Z'),
      originalCivilStart: civil('2022-09-07T09:00:00'),
      override: moved,
    });
    expect(occurrenceAt(daily, at('2022-09-20T12:00:00Z'))).toBeNull();
  });

  test('that is cancelled is given with its override', () => {
    expect(occurrenceAt(daily, at('2022-09-08T09:00:00Z'))?.override).toBe(cancelled);
  });

  test('that is excluded, or never was, is null', () => {
    expect(occurrenceAt(daily, at('2022-09-09T09:00:00Z'))).toBeNull();
    expect(occurrenceAt(daily, at('2022-09-10T09:00:01Z'))).toBeNull();
    expect(occurrenceAt(daily, at('2022-09-05T09:00:00Z'))).toBeNull();
  });

  test('is found among longer ones that overlap it', () => {
    const long = compileSeries(series('FREQ=DAILY', { length: { seconds: 30 * 86_400 } }));
    expect(occurrenceAt(long, at('2022-12-24T09:00:00Z'))?.start).toBe(at('2022-12-24T09:00:00Z'));
  });

  test('the first is the first that takes place', () => {
    const first = series('FREQ=DAILY', {
      exdates: [civil('2022-09-06T09:00:00')],
      overrides: [override('2022-09-07T09:00:00', { cancelled: true })],
    });
    expect(firstOccurrence(compileSeries(first))?.start).toBe(at('2022-09-08T09:00:00Z'));
  });
});

describe('limits', () => {
  const window = { start: at('2022-09-01T00:00:00Z'), end: at('2022-09-01T00:00:00Z') + MAX_WINDOW };

  test('a window may be as long as the limit, and no longer', () => {
    const daily = compileSeries(series('FREQ=DAILY'));
    expect(listOccurrences(daily, window)).toHaveLength(395);
    expect(() => listOccurrences(daily, { ...window, end: window.end + 1 })).toThrow(
      expect.objectContaining({ kind: 'limit-exceeded', code: 'window_too_long' }),
    );
  });

  test('more occurrences than one answer holds are an error and no cut', () => {
    const busy = compileSeries(
      series('FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23'),
    );
    expect(() => listOccurrences(busy, window)).toThrow(
      expect.objectContaining({ kind: 'limit-exceeded', code: 'too_many_occurrences' }),
    );
  });
});

describe('cancelled occurrences', () => {
  const cancelled = [
    override('2022-09-07T09:00:00', { cancelled: true }),
    override('2022-09-08T09:00:00', { cancelled: true, start: civil('2022-09-20T15:00:00') }),
    override('2022-09-09T09:00:00', { cancelled: true }),
  ];
  const changed = compileSeries(
    series('FREQ=DAILY;COUNT=5', { overrides: cancelled, exdates: [civil('2022-09-09T09:00:00')] }),
  );
  const all = { start: -Infinity, end: Infinity };

  test('stand at the time they had, if asked for; one that EXDATE took away does not', () => {
    const days = [...occurrencesIn(changed, all, { cancelled: true })].map(({ start, override: own }) => [
      formatCivilTime(start).slice(8, 10),
      own?.cancelled ?? false,
    ]);
    expect(days).toEqual([
      ['06', false],
      ['07', true],
      ['10', false],
      ['20', true],
    ]);
    expect([...occurrencesIn(changed, all)]).toHaveLength(2);
  });
});
