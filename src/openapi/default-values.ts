import type { OpenAPIObject } from '@nestjs/swagger';

/**
 * States the default values of body fields in their descriptions, in place of `default`: openapi-typescript makes a field
 * with a `default` required, in requests too. Parameters keep theirs.
 */
export function describeDefaultValues({ components }: OpenAPIObject): void {
  for (const schema of Object.values(components?.schemas ?? {})) {
    if ('$ref' in schema) continue;
    for (const property of Object.values(schema.properties ?? {})) {
      if ('$ref' in property || property.default === undefined) continue;
      property.description =
        `${property.description ?? ''} The default is \`${String(property.default)}\`.`.trimStart();
      delete property.default;
    }
  }
}
