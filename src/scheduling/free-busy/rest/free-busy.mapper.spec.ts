import { expect, test } from '@jest/globals';
import type { KindedInterval } from '../../../calendar/availability/kinds/kinded-time.js';
import { DomainError } from '../../../errors/domain-error.js';
import type { FreeBusyDto } from './free-busy.dto.js';
import { toFreeBusyDto, toFreeBusyQuery } from './free-busy.mapper.js';

const WINDOW = { from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z' };
const window = { start: Date.parse(WINDOW.from), end: Date.parse(WINDOW.to) };

test.each([
  ['counts unanswered invitations', { user_ids: [1] }, { userIds: [1], window, pending: 'busy' }],
  [
    'names each user once, in their order',
    { user_ids: [2, 1, 2] },
    { userIds: [2, 1], window, pending: 'busy' },
  ],
  [
    'has the policy of the request',
    { user_ids: [1], pending: 'free' as const },
    { userIds: [1], window, pending: 'free' },
  ],
])('a query %s', (_, fields, expected) => {
  expect(toFreeBusyQuery({ ...WINDOW, ...fields })).toEqual(expected);
});

test('a window that ends before it starts is refused', () => {
  expect(() => toFreeBusyQuery({ user_ids: [1], from: WINDOW.to, to: WINDOW.from })).toThrow(DomainError);
});

test.each<[string, KindedInterval[], FreeBusyDto['intervals']]>([
  ['a free user', [], []],
  [
    'a busy user',
    [{ ...window, kind: 'out_of_office' }],
    [{ start: WINDOW.from, end: WINDOW.to, show_as: 'out_of_office' }],
  ],
])('the response for %s', (_, intervals, expected) => {
  const time = { userId: 1, busy: intervals.map(({ start, end }) => ({ start, end })), intervals };
  const busy = expected?.map(({ start, end }) => ({ start, end }));
  expect(toFreeBusyDto({ ...time, code: null })).toEqual({ user_id: 1, busy, intervals: expected });
  expect(toFreeBusyDto({ ...time, code: 'calendar_partly_shared' })).toEqual({
    user_id: 1,
    busy,
    intervals: expected,
    code: 'calendar_partly_shared',
  });
  expect(toFreeBusyDto({ userId: 1, busy: null, intervals: null, code: 'calendar_not_shared' })).toEqual({
    user_id: 1,
    busy: null,
    intervals: null,
    code: 'calendar_not_shared',
  });
});
