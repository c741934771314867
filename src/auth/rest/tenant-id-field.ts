import { DEFAULT_TENANT_ID } from '../../database/current-tenant.js';
import { IdField } from '../../http/fields/integer-field.js';

/** The tenant of a person who has no token yet. */
export function TenantIdField(): PropertyDecorator {
  return IdField({
    description: 'The tenant of the user.',
    example: DEFAULT_TENANT_ID,
    default: DEFAULT_TENANT_ID,
    optional: true,
  });
}
