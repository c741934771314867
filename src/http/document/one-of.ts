import type { Type } from '@nestjs/common';
import { getSchemaPath } from '@nestjs/swagger';

/**
 * The schema of a body of one of these types. In each type, a property such as `redacted` has another fixed value.
 * The route must also name the types with `ApiExtraModels`.
 */
export function oneOf(...types: Type[]): { oneOf: { $ref: string }[] } {
  return { oneOf: types.map((type) => ({ $ref: getSchemaPath(type) })) };
}
