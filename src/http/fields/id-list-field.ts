import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { DomainError } from '../../errors/domain-error.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import { Field, type FieldOptions } from './field.js';
import { integerFault, integerOf } from './integer-field.js';

interface IdListOptions extends FieldOptions {
  readonly min?: number;
  readonly max: number;
}

/** A list of identifiers. */
export function IdListField(options: IdListOptions): PropertyDecorator {
  return ListField(options, (ids) =>
    ids.some((id) => integerFault(id, 1, MAX_ID) !== null)
      ? `must hold integers from 1 to ${MAX_ID} only`
      : null,
  );
}

/** The same in a batch. Its handler checks each identifier with `expectId`, as the other faults of a member. */
export function BatchedIdsField(options: IdListOptions): PropertyDecorator {
  return ListField(options, () => null);
}

/** @throws {DomainError} invalid */
export function expectId(value: unknown): number {
  const fault = integerFault(value, 1, MAX_ID);
  if (fault !== null) throw new DomainError('invalid', 'invalid_input', fault);
  return value as number;
}

function ListField(
  { min = 0, max, ...options }: IdListOptions,
  faultOf: (ids: readonly unknown[]) => string | null,
): PropertyDecorator {
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
    return faultOf(value);
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
