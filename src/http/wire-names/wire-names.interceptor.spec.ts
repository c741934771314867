import { describe, expect, test } from '@jest/globals';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { lastValueFrom, throwError } from 'rxjs';
import { invalidInput } from '../../errors/domain-error.js';
import { InvalidRequest } from '../input-pipe.js';
import { WireNamesInterceptor } from './wire-names.interceptor.js';

const fault = { field: 'start', message: 'is not a known field' };
const interceptor = new WireNamesInterceptor({ start: 'start_date' });

describe('the names in the error of a handler', () => {
  test.each([
    ['of the domain become those of requests', invalidInput(fault), 'start_date'],
    [
      'that a DTO refuses stay, though a command has a field of that name',
      new InvalidRequest([fault]),
      'start',
    ],
  ])('%s', async (_, error, field) => {
    const next: CallHandler = { handle: () => throwError(() => error) };
    const answered = lastValueFrom(interceptor.intercept({} as ExecutionContext, next));
    await expect(answered).rejects.toMatchObject({ errors: [{ ...fault, field }] });
  });
});
