import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { MAX_ID } from '../../platform/values/max-id.js';
import { Field, type FieldOptions } from './field.js';
import { integerFault, integerOf } from './integer-field.js';

interface IdListOptions extends FieldOptions {
  readonly min?: number;
  readonly max: number;
}

/** A list of identifiers. */
export function IdListField({ min = 0, max, ...options }: IdListOptions): PropertyDecorator {
  const schema = {
    type: 'array' as const,
    items: { type: 'integer', minimum: 1, maximum: MAX_ID },
    minItems: min,
    maxItems: max,
  };
  return Field(options, schema, (value) => {
    if (!Array.isArray(value)) return 'must be a list of ids';
    if (value.length < min) return `must name at least ${min}`;
    if (value.length > max) return `must name at most ${max}`;
    return value.some((id) => integerFault(id, 1, MAX_ID) !== null)
      ? `must hold integers from 1 to ${MAX_ID} only`
      : null;
  });
}

/** A list of identifiers in a query string: the parameter repeated. One parameter is a list of one identifier. */
export function QueryIdListField(options: IdListOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) =>
      value === undefined ? value : (Array.isArray(value) ? value : [value]).map(integerOf),
    ),
    IdListField(options),
  );
}
