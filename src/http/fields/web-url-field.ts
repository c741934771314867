import { MAX_URL_LENGTH, webUrlFault } from '../../platform/values/web-url.js';
import { Field, type FieldOptions } from './field.js';

/** The `http` or `https` URL of a page. */
export function WebUrlField(options: FieldOptions): PropertyDecorator {
  const schema = { type: 'string', format: 'uri', maxLength: MAX_URL_LENGTH } as const;
  return Field(options, schema, webUrlFault);
}
