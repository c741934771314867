import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { invalidInput } from '../../errors/domain-error.js';
import { externalIdFault, MAX_EXTERNAL_ID_LENGTH } from '../../platform/values/external-id.js';

/** The parameter of a path that ends with an external id. */
export const EXTERNAL_ID_PARAM = 'external_id';

@Injectable()
class ExternalIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const message = externalIdFault(value);
    if (message !== null) throw invalidInput({ field: EXTERNAL_ID_PARAM, message });
    return value;
  }
}

/** The external id that ends the path, checked and documented. The router has decoded it once. */
export function ExternalIdInPath(): ParameterDecorator {
  return (target, method, index) => {
    if (method === undefined) throw new Error('ExternalIdInPath belongs to a parameter of a handler.');
    Param(EXTERNAL_ID_PARAM, ExternalIdPipe)(target, method, index);
    ApiParam({
      name: EXTERNAL_ID_PARAM,
      description: `The product's own id, at most ${MAX_EXTERNAL_ID_LENGTH} Unicode code points, with each \`/\`, \`?\`, \`%\` and other reserved character encoded once: \`https://crm.example/a b?x=1\` is \`https%3A%2F%2Fcrm.example%2Fa%20b%3Fx%3D1\`. It is neither \`.\` nor \`..\`.`,
      schema: { type: 'string', minLength: 1, maxLength: MAX_EXTERNAL_ID_LENGTH, example: 'case-42' },
    })(target, method, Object.getOwnPropertyDescriptor(target, method) as PropertyDescriptor);
  };
}

/**
 * The external id of a body must be that of the path, if the body has one.
 * @throws {DomainError} invalid, naming `external_id`
 */
export function expectSameExternalId(inPath: string, inBody: string | null | undefined): void {
  if (inBody === undefined || inBody === inPath) return;
  throw invalidInput({ field: EXTERNAL_ID_PARAM, message: 'differs from that of the path' });
}
