import { expect, test } from '@jest/globals';
import { maskSecrets } from './mask-secrets.js';

test.each([
  ['', ''],
  ['4711', '4711'],
  ['2026-03-02T09:00:00.000Z', '2026-03-02T09:00:00.000Z'],
  ['local_1', 'local_1'],
  ['cal_k3v9x0q2ma_2ZQhPq0zqv7c', '[secret]'],
  ['users/cal_k3v9x0q2ma_2ZQhPq0zqv7c/events', 'users/[secret]/events'],
  ['cal_one cal_two', '[secret] [secret]'],
  ['/feeds/feed_2ZQhPq0z-qv7c/calendar.ics', '/feeds/[secret]/calendar.ics'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', '[secret]'],
  ['x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0. y', 'x [secret] y'],
  ['eyJhbGciOiJIUzI1NiJ9', 'eyJhbGciOiJIUzI1NiJ9'],
])('the text %j is logged as %j', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});
