import { textFault } from '../../platform/values/text-fault.js';
import { Field, type FieldOptions } from './field.js';

interface TextOptions extends FieldOptions {
  /** Least number of UTF-16 code units; 1 by default. */
  readonly min?: number;
  /** Most UTF-16 code units. */
  readonly max: number;
}

export function TextField({ min = 1, max, ...options }: TextOptions): PropertyDecorator {
  return Field(options, { type: 'string', minLength: min, maxLength: max }, (value) =>
    textFault(value, min, max),
  );
}
