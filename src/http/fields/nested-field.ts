import { applyDecorators, type Type as Class } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';
import { documented, type FieldOptions, presence, REQUIRED_MESSAGE } from './field.js';

/** An object of its own class. */
export function NestedField(type: () => Class, options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: type() }),
    ...presence(options),
    Type(type),
    IsObject({ message: absentOr('must be an object') }),
    ValidateNested({ message: absentOr('must be an object') }),
  );
}

/** A list of objects of one class. */
export function NestedListField(
  type: () => Class,
  { min = 0, max, ...options }: FieldOptions & { readonly min?: number; readonly max: number },
): PropertyDecorator {
  return applyDecorators(
    documented(options, {
      type: type(),
      isArray: true,
      ...(min > 0 && { minItems: min }),
      maxItems: max,
    }),
    ...presence(options),
    Type(type),
    IsArray({ message: absentOr('must be a list') }),
    ArrayMinSize(min, { message: absentOr(`must hold at least ${min}`) }),
    ArrayMaxSize(max, { message: absentOr(`must hold at most ${max}`) }),
    // The check below takes a list in the list for one more level of it.
    IsObject({ each: true, message: absentOr('must hold objects') }),
    ValidateNested({ each: true, message: absentOr('must hold objects') }),
  );
}

function absentOr(message: string): (args: ValidationArguments) => string {
  return ({ value }) => (value === undefined ? REQUIRED_MESSAGE : message);
}
