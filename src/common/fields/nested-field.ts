import { applyDecorators, type Type as Class } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { documented, type FieldOptions, presence } from './field.js';

/** An object of its own class. */
export function NestedField(type: () => Class, options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: type() }),
    ...presence(options),
    Type(type),
    IsObject({ message: 'must be an object' }),
    ValidateNested({ message: 'must be an object' }),
  );
}

/** A list of objects of one class. */
export function NestedListField(
  type: () => Class,
  { max, ...options }: FieldOptions & { readonly max: number },
): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: type(), isArray: true, maxItems: max }),
    ...presence(options),
    Type(type),
    IsArray({ message: 'must be a list' }),
    ArrayMaxSize(max, { message: `must hold at most ${max}` }),
    ValidateNested({ each: true, message: 'must hold objects' }),
  );
}
