import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Field, type FieldOptions } from './field.js';

/** One of a closed list of words. */
export function ChoiceField(choices: readonly string[], options: FieldOptions): PropertyDecorator {
  return Field(options, { type: 'string', enum: [...choices] }, (value) =>
    choices.includes(value as string) ? null : `must be one of ${choices.join(', ')}`,
  );
}

/** true or false. */
export function FlagField(options: FieldOptions): PropertyDecorator {
  return Field(options, { type: 'boolean' }, (value) =>
    typeof value === 'boolean' ? null : 'must be true or false',
  );
}

/** true or false in a query string. */
export function QueryFlagField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value)),
    FlagField(options),
  );
}
