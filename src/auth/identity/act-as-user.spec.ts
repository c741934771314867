import { expect, test } from '@jest/globals';
import { MAX_ID } from '../../platform/values/max-id.js';
import { actAsUserOf } from './act-as-user.js';

test.each<[string | undefined, number | null]>([
  [undefined, null],
  ['1', 1],
  [String(MAX_ID), MAX_ID],
])('the header %s names the user %s', (value, expected) => {
  expect(actAsUserOf({ 'act-as-user': value })).toBe(expected);
});

test.each(['', '0', '-1', '01', '1.5', '1e3', ' 1', 'me', String(MAX_ID + 1), '1, 2'])(
  'the header "%s" is refused',
  (value) => {
    expect(() => actAsUserOf({ 'act-as-user': value })).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        errors: [expect.objectContaining({ field: 'Act-As-User' })],
      }),
    );
  },
);

test('several headers are refused', () => {
  expect(() => actAsUserOf({ 'act-as-user': ['1', '2'] })).toThrow('Act-As-User');
});
