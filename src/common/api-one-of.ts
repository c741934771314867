import type { Type } from '@nestjs/common';
import { getSchemaPath } from '@nestjs/swagger';

/**
 * The schema of a body of one of these types, of which one may say all that another says and more; where it is used,
 * `ApiExtraModels` names them too.
 */
export function anyOf(...types: Type[]): { anyOf: { $ref: string }[] } {
  return { anyOf: types.map((type) => ({ $ref: getSchemaPath(type) })) };
}
