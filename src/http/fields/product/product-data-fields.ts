import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { externalIdFault, MAX_EXTERNAL_ID_LENGTH } from '../../../platform/values/external-id.js';
import {
  MAX_METADATA_KEYS,
  MAX_METADATA_VALUE_LENGTH,
  METADATA_KEY_PATTERN,
} from '../../../platform/values/metadata.js';
import { Field, type FieldOptions } from '../field.js';

/** The field with keys of the client's own choice: `InputPipe` accepts any of them, also `constructor`. */
export const METADATA_FIELD = 'metadata';

/** The product's own id of an object. */
export function ExternalIdField(object: string): PropertyDecorator {
  return externalIdField({
    description:
      `The product's own id of the ${object}, unique in the tenant (409 \`external_id_taken\`), at most ${MAX_EXTERNAL_ID_LENGTH} Unicode code points, and neither \`.\` nor \`..\`. ` +
      'Only an API key, also with `Act-As-User`, and with `AUTH_MODE=optional` a request without a token may set it (403 `key_required`).',
    example: 'case-42',
    optional: true,
    nullable: true,
  });
}

/** A filter by the product's own id of an object. */
export function ExternalIdFilterField(description: string, example: string): PropertyDecorator {
  return externalIdField({ description, example, optional: true });
}

function externalIdField(options: FieldOptions): PropertyDecorator {
  // JSON Schema counts code points, too.
  const schema = { type: 'string', minLength: 1, maxLength: MAX_EXTERNAL_ID_LENGTH } as const;
  return Field(options, schema, externalIdFault);
}

/** What a product keeps with an object. The service checks the keys and values, so that the error names the key. */
export function MetadataField(object: string): PropertyDecorator {
  return applyDecorators(
    // Without a type, the library would call a key `constructor` as the constructor of the object.
    Type(() => Object),
    Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key]),
    Field(
      {
        description:
          `What the product keeps with the ${object}: texts by name, at most ${MAX_METADATA_KEYS}. ` +
          'A PATCH merges them by name: null removes a name, and an absent name keeps its text. Null in place of the object removes all. A PUT replaces them.',
        example: { case_id: '42' },
        optional: true,
        nullable: true,
      },
      {
        type: 'object',
        additionalProperties: { type: ['string', 'null'], maxLength: MAX_METADATA_VALUE_LENGTH } as object,
        ...({ propertyNames: { pattern: METADATA_KEY_PATTERN } } as object),
      },
      (value) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? null
          : 'must be an object of texts',
    ),
  );
}
