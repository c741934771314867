import { describe, expect, test } from '@jest/globals';
import { series } from '../../../../test/support/core/series.js';
import { parseCivilTime } from '../../time/civil-time.js';
import { compileSeries, type Override } from './event-series.js';
import { seriesSpan } from './series-span.js';

const at = (text: string) => Date.parse(text);
const civil = parseCivilTime;

function override(originalStart: string, changes: Partial<Override> = {}): Override {
  return { originalStart: civil(originalStart), cancelled: false, ...changes };
}

describe('the span of a series', () => {
  test.each([
    ['one occurrence', series(null), '2022-09-06T09:00:00Z', '2022-09-06T10:00:00Z'],
    ['endless', series('FREQ=DAILY'), '2022-09-06T09:00:00Z', null],
    ['COUNT', series('FREQ=DAILY;COUNT=1000'), '2022-09-06T09:00:00Z', '2025-06-01T10:00:00Z'],
    ['UNTIL', series('FREQ=WEEKLY;UNTIL=20221231'), '2022-09-06T09:00:00Z', '2022-12-27T10:00:00Z'],
    [
      'the last one excluded',
      series('FREQ=DAILY;COUNT=3', { exdates: [civil('2022-09-08T09:00:00')] }),
      '2022-09-06T09:00:00Z',
      '2022-09-07T10:00:00Z',
    ],
    [
      'one moved before all',
      series('FREQ=DAILY;COUNT=3', {
        overrides: [override('2022-09-08T09:00:00', { start: civil('2022-01-01T00:00:00') })],
      }),
      '2022-01-01T00:00:00Z',
      '2022-09-07T10:00:00Z',
    ],
    [
      'one moved after all, and longer',
      series('FREQ=DAILY;COUNT=3', {
        overrides: [
          override('2022-09-06T09:00:00', {
            start: civil('2023-01-01T00:00:00'),
            length: { seconds: 3 * 86_400 },
          }),
        ],
      }),
      '2022-09-07T09:00:00Z',
      '2023-01-04T00:00:00Z',
    ],
    [
      'an RDATE after all',
      series('FREQ=DAILY;COUNT=3', { rdates: [civil('2023-01-01T00:00:00')] }),
      '2022-09-06T09:00:00Z',
      '2023-01-01T01:00:00Z',
    ],
    [
      'nothing at all',
      series('FREQ=DAILY;COUNT=1', { exdates: [civil('2022-09-06T09:00:00')] }),
      '2022-09-06T09:00:00Z',
      '2022-09-06T09:00:00Z',
    ],
  ])('%s', (_case, definition, start, end) => {
    expect(seriesSpan(compileSeries(definition))).toEqual({
      start: at(start),
      end: end === null ? null : at(end),
    });
  });
});
