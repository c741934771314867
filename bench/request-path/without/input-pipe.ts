import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';

export { InvalidRequest } from '../../../src/http/input-pipe.js';

/** Makes the DTO of the measured request without a check. */
export class InputPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type !== 'query' || !metatype) return value;
    const query = value as Record<string, unknown>;
    return Object.assign(Object.create(metatype.prototype), query, {
      user_ids: [query.user_ids].flat().map(Number),
    });
  }
}
