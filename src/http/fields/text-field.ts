import { Field, type FieldOptions } from './field.js';

interface TextOptions extends FieldOptions {
  /** Least number of UTF-16 code units; 1 by default. */
  readonly min?: number;
  /** Most UTF-16 code units. */
  readonly max: number;
}

/** Text that PostgreSQL can keep: no NUL and no lone surrogate. */
export function textFault(value: unknown, min: number, max: number): string | null {
  if (typeof value !== 'string') return 'must be a string';
  if (value.length < min || value.trim().length < Math.min(min, 1))
    return min <= 1 ? 'must not be empty' : `must have at least ${min} characters`;
  if (value.length > max) return `must have at most ${max} characters`;
  if (value.includes('\0') || !value.isWellFormed()) return 'must not contain NUL or lone surrogates';
  return null;
}

export function TextField({ min = 1, max, ...options }: TextOptions): PropertyDecorator {
  return Field(options, { type: 'string', minLength: min, maxLength: max }, (value) =>
    textFault(value, min, max),
  );
}
