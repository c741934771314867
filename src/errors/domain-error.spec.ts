import { describe, expect, test } from '@jest/globals';
import { CalendarError } from '../calendar/calendar-error.js';
import { atField, DomainError, invalidInput, notFound } from './domain-error.js';

describe('an error of the domain', () => {
  test('lists every field at fault in its detail', () => {
    const { kind, code, detail } = invalidInput(
      { field: 'name', message: 'is required' },
      { field: 'repeat.until', message: 'must be a date' },
    );
    expect([kind, code, detail]).toEqual([
      'invalid',
      'invalid_input',
      'name: is required; repeat.until: must be a date',
    ]);
  });

  test('has a code made from the name of the resource', () => {
    const { kind, code, detail } = notFound('event invite', 7);
    expect([kind, code, detail]).toEqual(['not-found', 'event_invite_not_found', 'No event invite 7.']);
  });
});

describe('an error at a field', () => {
  test('of the calendar core becomes invalid input that names the field', () => {
    const error = new CalendarError('limit-exceeded', 'too_many', 'There are too many.');
    expect(() => atField('repeat', fail(error))).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        code: 'too_many',
        detail: 'repeat: There are too many.',
        errors: [{ field: 'repeat', message: 'There are too many.' }],
      }),
    );
  });

  test.each([
    ['that names a field already', new DomainError('conflict', 'c', 'd', [{ field: 'start', message: 'm' }])],
    ['of another class', new TypeError('a fault of the service')],
  ])('%s stays as it is', (_, error) => {
    expect(() => atField('repeat', fail(error))).toThrow(error);
  });
});

function fail(error: Error): () => never {
  return () => {
    throw error;
  };
}
