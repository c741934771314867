import { describe, expect, test } from '@jest/globals';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { inWireNames } from './wire-names.js';

const names = { start: 'start_date', end: 'end_date', reminders: 'default_reminders', scope: 'scope' };

describe('an error in the names of requests', () => {
  test.each([
    ['a field', 'end', 'end_date'],
    ['the first field of a path', 'reminders.1.url', 'default_reminders.1.url'],
    ['a field of the same name', 'email', 'email'],
    ['the field of a member', 'requests[3].end', 'requests[3].end_date'],
    ['a path in a member', 'requests[0].reminders.1.url', 'requests[0].default_reminders.1.url'],
    ['a member itself', 'requests[3]', 'requests[3]'],
    ['a field that begins with the name of another', 'ends', 'ends'],
  ])('names %s', (_, field, expected) => {
    const { detail, errors } = inWireNames(names, invalidInput({ field, message: 'is wrong' }));
    expect([detail, errors]).toEqual([`${expected}: is wrong`, [{ field: expected, message: 'is wrong' }]]);
  });

  test.each([
    ['must be after `start`', 'must be after start_date'],
    ['does not go with `scope`', 'does not go with scope'],
    ['the start is in the past', 'the start is in the past'],
    ['the unknown `mode`', 'the unknown `mode`'],
  ])('has the message %j as %j', (message, expected) => {
    expect(inWireNames(names, invalidInput({ field: 'end', message }))).toMatchObject({
      detail: `end_date: ${expected}`,
      errors: [{ field: 'end_date', message: expected }],
    });
  });

  test('keeps its kind and its code, and has the names in a detail of its own', () => {
    const error = new DomainError('forbidden', 'wrong', 'Send `end` or log in again.');
    expect(inWireNames(names, error)).toMatchObject({
      kind: 'forbidden',
      code: 'wrong',
      detail: 'Send end_date or log in again.',
    });
  });

  test('is the same error if it names no field', () => {
    const error = new DomainError('not-found', 'user_not_found', 'No user 1.');
    expect(inWireNames(names, error)).toBe(error);
  });
});
