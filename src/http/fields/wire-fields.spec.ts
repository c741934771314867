import { describe, expect, test } from '@jest/globals';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { inWireFields, withWireFields } from './wire-fields.js';

const fields = { workingHours: 'working_hours', currentPassword: 'current_password' };

describe('an error with the fields of the wire', () => {
  test.each([
    ['a field', 'workingHours', 'working_hours'],
    ['the first part of a path', 'workingHours.1.url', 'working_hours.1.url'],
    ['a field of the same name', 'email', 'email'],
    ['a longer name', 'workingHoursOf', 'workingHoursOf'],
  ])('names %s', (_, field, expected) => {
    const { detail, errors } = inWireFields(fields, invalidInput({ field, message: 'is wrong' }));
    expect([detail, errors]).toEqual([`${expected}: is wrong`, [{ field: expected, message: 'is wrong' }]]);
  });

  test('names fields in a detail without a list of fields', () => {
    const error = new DomainError('forbidden', 'f', 'Send currentPassword or log in again.');
    expect(inWireFields(fields, error).detail).toBe('Send current_password or log in again.');
  });
});

test('the result of the work passes', async () => {
  await expect(withWireFields(fields, async () => 1)).resolves.toBe(1);
});

test.each([
  ['an error that names no field', new DomainError('not-found', 'user_not_found', 'No user 1.')],
  ['an error of another class', new TypeError('workingHours is undefined')],
])('%s passes unchanged', async (_, error) => {
  const work = async (): Promise<never> => Promise.reject(error);
  await expect(withWireFields(fields, work)).rejects.toBe(error);
});
