import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './story/operations.js';

/** Lists the parameters of each path first, in the order of the path. Generated clients take arguments in this order. */
export function orderPathParameters(document: OpenAPIObject): void {
  for (const [path, operation] of operationsOf(document)) {
    const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
    const place = (parameter: object): number => {
      const index =
        'name' in parameter && 'in' in parameter && parameter.in === 'path'
          ? names.indexOf(String(parameter.name))
          : -1;
      return index === -1 ? names.length : index;
    };
    operation.parameters = operation.parameters?.toSorted((one, other) => place(one) - place(other));
  }
}
