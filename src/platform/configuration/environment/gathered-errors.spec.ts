import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from './configuration-error.js';
import { GatheredErrors } from './gathered-errors.js';

describe('the errors of a configuration', () => {
  test('are thrown together, each in a line, in their order', () => {
    const errors = new GatheredErrors();
    errors.add('First.');
    expect(errors.of(() => 5)).toBe(5);
    expect(errors.of(fails('Second.'))).toBeUndefined();
    expect(() => errors.throwIfAny()).toThrow(new ConfigurationError('First.\nSecond.'));
  });

  test('of a good configuration are none', () => {
    const errors = new GatheredErrors();
    errors.of(() => 5);
    expect(() => errors.throwIfAny()).not.toThrow();
  });

  test('are no other errors', () => {
    const fault = new TypeError('a fault of the service');
    const read = (): never => {
      throw fault;
    };
    expect(() => new GatheredErrors().of(read)).toThrow(fault);
  });
});

function fails(message: string): () => never {
  return () => {
    throw new ConfigurationError(message);
  };
}
