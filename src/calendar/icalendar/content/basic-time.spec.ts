import { describe, expect, test } from '@jest/globals';
import { parseCivilTime, SECOND_PASS } from '../../time/civil-time.js';
import { basicDateText, basicTime, basicTimeText } from './basic-time.js';

describe('a time in basic form', () => {
  test.each(['19000101', '29991231', '20240229', '20260601T000000', '20260601T235959'])(
    '%s is read and written',
    (text) => {
      const civil = parseCivilTime(text);
      expect(basicTime(text)).toBe(civil);
      expect(text.length === 8 ? basicDateText(civil) : basicTimeText(civil)).toBe(text);
    },
  );

  test('may be in UTC', () => {
    expect(basicTime('20260601T090000Z')).toBe(Date.UTC(2026, 5, 1, 9));
  });

  test('is written without its pass', () => {
    expect(basicTimeText(parseCivilTime('20261025T023000') + SECOND_PASS)).toBe('20261025T023000');
  });

  test.each([
    '',
    '2026060',
    '20230229',
    '20261301',
    '20260001',
    '20260100',
    '18991231',
    '30000101',
    '2026-06-01',
    '20260601 090000',
    '20260601T240000',
    '20260601T096000',
    '20260601T090060',
    '20260601T09000Z',
    '20260601T090000X',
    '2026o601',
  ])('"%s" is none', (text) => {
    expect(basicTime(text)).toBeNull();
  });
});
