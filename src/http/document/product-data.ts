import { ApiProperty } from '@nestjs/swagger';
import { MAX_METADATA_VALUE_LENGTH } from '../../platform/values/metadata.js';

/** Documents the external id in a response. @param seenBy the callers who see it */
export function ApiExternalId(object: string, seenBy: string): PropertyDecorator {
  return ApiProperty({
    description: `The product's own id of the ${object}; null: none. Absent unless the caller is ${seenBy}.`,
    type: 'string',
    nullable: true,
    required: false,
    example: null,
  });
}

/** Documents the metadata in a response. @param seenBy the callers who see them */
export function ApiMetadata(object: string, seenBy: string): PropertyDecorator {
  return ApiProperty({
    description: `What the product keeps with the ${object}: texts by name. Absent unless the caller is ${seenBy}.`,
    type: 'object',
    additionalProperties: { type: 'string', maxLength: MAX_METADATA_VALUE_LENGTH },
    selfRequired: false,
    example: {},
  });
}
