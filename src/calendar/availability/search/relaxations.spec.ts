import { describe, expect, test } from '@jest/globals';
import { set } from '../../../../test/support/core/interval-set.js';
import { timeZone } from '../../time/time-zone.js';
import type { FreeIntervalQuery, Person } from '../free-interval-query.js';
import { FreeIntervalSearch } from './free-interval-search.js';

const UTC = timeZone('UTC');

interface Calendar extends Partial<Pick<Person, 'optional' | 'hiddenCalendars'>> {
  readonly busy?: string;
  readonly firm?: string;
  readonly hidden?: string;
}

const TEN = { start: 0, end: 10 };

/** Searches for meetings that last 2 from 0 to 10, in whole units, and names what the relaxations are. */
function relaxations(calendars: readonly Calendar[], query: Partial<FreeIntervalQuery> = {}): string[] {
  const people = calendars.map(({ optional = false, hiddenCalendars }, index) => ({
    id: index + 1,
    workingHours: null,
    timeZone: UTC,
    optional,
    hiddenCalendars,
  }));
  const times = (of: (calendar: Calendar) => string | undefined) =>
    new Map(
      calendars.flatMap((calendar, index) => {
        const text = of(calendar);
        return text === undefined ? [] : [[index + 1, set(text)] as const];
      }),
    );
  const search = new FreeIntervalSearch(
    {
      window: TEN,
      duration: 2,
      step: null,
      bufferBefore: 0,
      bufferAfter: 0,
      minAttending: null,
      limit: 1,
      explain: true,
      ...query,
    },
    people,
  );
  search.advance(TEN, {
    busy: times(({ busy }) => busy),
    firm: times(({ firm }) => firm),
    hidden: times(({ hidden }) => hidden),
  });
  return (
    search.answer().relaxations?.map(({ userId, rule, start, end }) => `${userId} ${rule} ${start}-${end}`) ??
    []
  );
}

describe('relaxations', () => {
  test.each<[string, Calendar[], string[]]>([
    ['are by start', [{ busy: '2-6' }, { busy: '0-5' }], ['2 busy 0-2', '1 busy 5-7']],
    ['without pending time keep firm time', [{ busy: '0-6', firm: '3-6' }], ['1 busy 0-2', '1 pending 0-2']],
    ['need the whole meeting', [{ busy: '0-8', firm: '1-8' }], ['1 busy 0-2']],
    [
      'of hidden time are one rule',
      [{ busy: '0-2', hidden: '2-9', hiddenCalendars: 'some' }],
      ['1 calendar_not_shared 2-4'],
    ],
    [
      'of a hidden user are one rule',
      [{ busy: '0-2', hiddenCalendars: 'all' }, { busy: '0-3' }],
      ['1 calendar_not_shared 3-5'],
    ],
    ['name no optional person', [{}, { busy: '0-9', optional: true }], []],
  ])('%s', (_, calendars, expected) => {
    expect(relaxations(calendars)).toEqual(expected);
  });

  test('start before the answer', () => {
    expect(relaxations([{ busy: '1-4' }, { busy: '0-1' }])).toEqual(['1 busy 1-3']);
    expect(relaxations([{ busy: '2-8' }, { busy: '4-6' }])).toEqual([]);
  });

  test('are absent without a wish for them', () => {
    expect(relaxations([{ busy: '0-4' }], { explain: false })).toEqual([]);
  });
});
