import { expect, test } from '@jest/globals';
import { DomainError } from '../../../errors/domain-error.js';
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

test.each([
  ['a free user', [], []],
  ['a busy user', [window], [{ start: WINDOW.from, end: WINDOW.to }]],
])('the response for %s', (_, intervals, busy) => {
  expect(toFreeBusyDto({ userId: 1, busy: intervals, code: null })).toEqual({ user_id: 1, busy });
  expect(toFreeBusyDto({ userId: 1, busy: intervals, code: 'calendar_partly_shared' })).toEqual({
    user_id: 1,
    busy,
    code: 'calendar_partly_shared',
  });
  expect(toFreeBusyDto({ userId: 1, busy: null, code: 'calendar_not_shared' })).toEqual({
    user_id: 1,
    busy: null,
    code: 'calendar_not_shared',
  });
});
