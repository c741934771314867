import { describe, expect, test } from '@jest/globals';
import { DomainError, invalidInput, notFound } from '../../errors/domain-error.js';
import { inWireNames } from './wire-names.js';

describe('an error in the names of the wire', () => {
  test.each<[string, DomainError, Pick<DomainError, 'detail' | 'errors'>]>([
    [
      'names the field of the request, in its message too',
      invalidInput({ field: 'end', message: 'must be after `start`' }),
      {
        detail: 'end_date: must be after start_date',
        errors: [{ field: 'end_date', message: 'must be after start_date' }],
      },
    ],
    [
      'names each of several fields',
      invalidInput({ field: 'length', message: 'is wrong' }, { field: 'title', message: 'is wrong' }),
      {
        detail: 'duration: is wrong; title: is wrong',
        errors: [
          { field: 'duration', message: 'is wrong' },
          { field: 'title', message: 'is wrong' },
        ],
      },
    ],
    [
      'keeps a detail that names no field',
      new DomainError('conflict', 'time_taken', 'user 2 is busy.', [
        { field: 'start', message: 'user 2 is busy' },
      ]),
      { detail: 'user 2 is busy.', errors: [{ field: 'start_date', message: 'user 2 is busy' }] },
    ],
    [
      'renames a choice in a detail',
      new DomainError('limit-exceeded', 'too_many', 'Use `following`.'),
      { detail: 'Use scope=following.', errors: [] },
    ],
    [
      'keeps other words between backticks',
      invalidInput({ field: 'repeat.exdates', message: '"`x`" names no occurrence' }),
      {
        detail: 'repeat.exdates: "`x`" names no occurrence',
        errors: [{ field: 'repeat.exdates', message: '"`x`" names no occurrence' }],
      },
    ],
  ])('%s', (_, error, expected) => {
    const { kind, code } = error;
    expect(inWireNames(error)).toMatchObject({ kind, code, ...expected });
  });

  test('is the same error if it names no field', () => {
    const error = notFound('event', 7);
    expect(inWireNames(error)).toBe(error);
  });
});
