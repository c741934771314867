import { describe, expect, test } from '@jest/globals';
import { DomainError, type ErrorKind, invalidInput } from '../../errors/domain-error.js';
import { errorOfStored, resourceIdOf, storedBody, storedError, storedReference } from './stored-response.js';

describe('a stored reference', () => {
  test.each([
    ['has the id of the body', { id: 7, title: 'Review' }, 7],
    ['has no id if the response has no body', null, null],
  ])('%s', (_, body, expected) => {
    const response = storedReference(body);
    expect((response.kind === 'referred' || response.kind === 'done') && resourceIdOf(response)).toBe(
      expected,
    );
    expect(JSON.stringify(response)).not.toContain('Review');
  });

  test.each([{}, { id: 'a' }, 'text'])('is not made of a body without a number as id: %j', (body) => {
    expect(() => storedReference(body)).toThrow('no id');
  });
});

test.each([
  ['a body with an id', { id: 7 }, 7],
  ['no body', undefined, null],
])('a stored body leads to its resource: %s', (_, body, expected) => {
  expect(resourceIdOf(storedBody(body))).toBe(expected);
});

describe('an error', () => {
  test.each<[ErrorKind, boolean]>([
    ['forbidden', true],
    ['not-found', true],
    ['conflict', true],
    ['invalid', false],
    ['limit-exceeded', false],
    ['unauthenticated', false],
    ['precondition-failed', false],
    ['key-in-use', false],
    ['key-reused', false],
    ['quota-exceeded', false],
    ['too-many-attempts', false],
    ['unavailable', false],
  ])('of kind %s is stored: %s', (kind, expected) => {
    expect(storedError(new DomainError(kind, 'code', 'Detail.')) !== null).toBe(expected);
  });

  test('of the service itself is not stored', () => {
    expect(storedError(new TypeError('a fault'))).toBeNull();
  });

  test('is the same when it is read again', () => {
    const { errors } = invalidInput({ field: 'email', message: 'belongs to another user' });
    const stored = storedError(new DomainError('conflict', 'email_taken', 'Taken.', errors));
    expect(stored?.kind).toBe('refused');
    expect(stored?.kind === 'refused' && errorOfStored(stored)).toMatchObject({
      kind: 'conflict',
      code: 'email_taken',
      detail: 'Taken.',
      errors,
    });
  });
});
