import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { parseDuration } from '../../platform/values/duration.js';
import { Field, type FieldOptions } from './field.js';

interface DurationOptions extends FieldOptions {
  /** Bounds in seconds. */
  readonly min: number;
  readonly max: number;
}

/** Characters in the document: hours, minutes and seconds of nine digits each. */
const DOCUMENTED_LENGTH = 30;

/** A duration in a query string (`1h`, `90m`, `PT1H30M`, whole seconds); the property holds seconds. */
export function QueryDurationField({ min, max, ...options }: DurationOptions): PropertyDecorator {
  const shownDefault = typeof options.default === 'number' ? { default: `${options.default}s` } : {};
  return applyDecorators(
    Transform(({ value }) => secondsOf(value)),
    Field({ ...options, ...shownDefault }, { type: 'string', maxLength: DOCUMENTED_LENGTH }, (value) =>
      durationFault(value, min, max),
    ),
  );
}

/** A duration in a body, as whole seconds or in the form of a query string; the property holds seconds. */
export function DurationField({ min, max, ...options }: DurationOptions): PropertyDecorator {
  const forms = [
    { type: 'integer', minimum: min, maximum: max },
    { type: 'string', maxLength: DOCUMENTED_LENGTH },
  ];
  return applyDecorators(
    Transform(({ value }) => secondsOf(value)),
    Field(options, { oneOf: forms }, (value) => durationFault(value, min, max)),
  );
}

/** The seconds of a text that is a duration; any other value as it is. */
function secondsOf(value: unknown): unknown {
  return typeof value === 'string' ? (parseDuration(value) ?? value) : value;
}

function durationFault(value: unknown, min: number, max: number): string | null {
  if (typeof value !== 'number' || !Number.isInteger(value))
    return 'must be a duration such as 1h, 90m, 1h30m, 45s, PT1H30M or whole seconds';
  return value < min || value > max ? `must be from ${min} to ${max} seconds` : null;
}
