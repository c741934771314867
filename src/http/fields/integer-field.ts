import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { MAX_ID } from '../../platform/values/max-id.js';
import { Field, type FieldOptions } from './field.js';

interface IntegerOptions extends FieldOptions {
  readonly min: number;
  readonly max: number;
}

export function integerFault(value: unknown, min: number, max: number): string | null {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
    ? null
    : `must be an integer from ${min} to ${max}`;
}

export function IntegerField({ min, max, ...options }: IntegerOptions): PropertyDecorator {
  return Field(options, { type: 'integer', minimum: min, maximum: max }, (value) =>
    integerFault(value, min, max),
  );
}

export function IdField(options: FieldOptions): PropertyDecorator {
  return IntegerField({ example: 1, ...options, min: 1, max: MAX_ID });
}

/** An integer of a query string, where everything arrives as text. */
export function QueryIntegerField(options: IntegerOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => integerOf(value)),
    IntegerField(options),
  );
}

/** No sign but a minus, no leading zero, no fraction, exponent or space; at most 15 digits, which a number keeps. */
const CANONICAL_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;

/**
 * The integer in text of a path or a query. Text in another form than `CANONICAL_INTEGER` (`0x10`, `1e3`, `+1`, `01`)
 * comes back unchanged, and the check of the field refuses it.
 */
export function integerOf(value: unknown): unknown {
  return typeof value === 'string' && CANONICAL_INTEGER.test(value) ? Number(value) : value;
}
