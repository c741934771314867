import { expect, test } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { writeFailureOf } from './write-failure.js';

test.each([
  ['25006', 'read-only'],
  ['53100', 'disk-full'],
  ['53300', null],
  ['23505', null],
])('an error %s of PostgreSQL is the failure %p', (code, failure) => {
  const error = Object.assign(new Error('of PostgreSQL'), { code });
  expect(writeFailureOf(error)).toBe(failure);
  expect(writeFailureOf(new QueryFailedError('INSERT', [], error))).toBe(failure);
});

test.each([new Error('of no code'), null, undefined, '25006'])('%p is no failure of a write', (error) => {
  expect(writeFailureOf(error)).toBeNull();
});
