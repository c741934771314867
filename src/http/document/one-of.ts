import type { Type } from '@nestjs/common';
import { getSchemaPath } from '@nestjs/swagger';

/**
 * The schema of a body of one of these types, which a property with one fixed value in each tells apart, such as
 * `redacted`; where it is used, `ApiExtraModels` names them too.
 */
export function oneOf(...types: Type[]): { oneOf: { $ref: string }[] } {
  return { oneOf: types.map((type) => ({ $ref: getSchemaPath(type) })) };
}
