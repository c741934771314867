import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../time/civil-time.js';
import { timeZone } from '../time/time-zone.js';
import type { FreeIntervalQuery, Person } from './free-interval-query.js';
import {
  checkFreeIntervalQuery,
  MAX_BUFFER,
  MAX_SEARCH_WINDOW,
  MAX_STARTS,
  MAX_SUGGESTIONS,
} from './free-interval-query.js';

const UTC = timeZone('UTC');
const sound: FreeIntervalQuery = {
  window: { start: 0, end: 7 * DAY },
  duration: HOUR,
  step: null,
  bufferBefore: 0,
  bufferAfter: 0,
  minAttending: null,
  limit: 1,
};
const someone = (id: number, optional = false): Person => ({
  id,
  workingHours: null,
  timeZone: UTC,
  optional,
});
const people = [someone(1), someone(2), someone(3, true)];

describe('a query is sound', () => {
  test.each<[string, Partial<FreeIntervalQuery>]>([
    ['as it stands', {}],
    ['with an empty window', { window: { start: 5, end: 5 } }],
    [
      'at every limit',
      { window: { start: 0, end: MAX_SEARCH_WINDOW }, limit: MAX_SUGGESTIONS, bufferAfter: MAX_BUFFER },
    ],
    ['with a step of a day', { step: { period: DAY, zone: UTC } }],
    ['with a quorum of everybody', { minAttending: 2 }],
    ['for all starts on a grid', { starts: 'all', step: { period: MINUTE, zone: UTC }, limit: MAX_STARTS }],
    ['for a preference on a grid', { prefer: 'spread', step: { period: MINUTE, zone: UTC } }],
  ])('%s', (_name, change) => {
    expect(() => checkFreeIntervalQuery({ ...sound, ...change }, people)).not.toThrow();
  });

  test.each<[string, Partial<FreeIntervalQuery>]>([
    ['with a window that ends before it starts', { window: { start: 5, end: 4 } }],
    ['without a duration', { duration: 0 }],
    ['with a duration that is no number', { duration: Number.NaN }],
    ['with a step of nothing', { step: { period: 0, zone: UTC } }],
    ['with a step over a day', { step: { period: DAY + MINUTE, zone: UTC } }],
    ['with a negative buffer before', { bufferBefore: -1 }],
    ['with a negative buffer after', { bufferAfter: -1 }],
    ['for all starts without a grid', { starts: 'all' }],
    ['for a preference without a grid', { prefer: 'compact' }],
    ['for no suggestion', { limit: 0 }],
    ['for half a suggestion', { limit: 0.5 }],
    ['with a quorum of nobody', { minAttending: 0 }],
    ['with a quorum that needs the optional', { minAttending: 3 }],
  ])('but not %s', (_name, change) => {
    expect(() => checkFreeIntervalQuery({ ...sound, ...change }, people)).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'invalid_free_interval_query' }),
    );
  });

  test.each<[string, Person[]]>([
    ['of nobody', []],
    ['of optional people alone', [someone(1, true)]],
    ['of one person twice', [someone(1), someone(1, true)]],
  ])('but not %s', (_name, named) => {
    expect(() => checkFreeIntervalQuery(sound, named)).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'invalid_free_interval_query' }),
    );
  });

  test.each<[string, Partial<FreeIntervalQuery>]>([
    ['beyond the horizon', { window: { start: 0, end: MAX_SEARCH_WINDOW + 1 } }],
    ['for more suggestions than anybody reads', { limit: MAX_SUGGESTIONS + 1 }],
    [
      'for more starts than a list has',
      { starts: 'all', step: { period: MINUTE, zone: UTC }, limit: MAX_STARTS + 1 },
    ],
    ['with a buffer over a day', { bufferBefore: MAX_BUFFER + 1 }],
  ])('but costs too much %s', (_name, change) => {
    expect(() => checkFreeIntervalQuery({ ...sound, ...change }, people)).toThrow(
      expect.objectContaining({ kind: 'limit-exceeded', code: 'free_interval_limit_exceeded' }),
    );
  });
});
