import { IdField } from '../../http/fields/integer-field.js';
import { DEFAULT_TENANT_ID } from '../../tenants/model/tenant.js';

/** The tenant of a person who has no token yet. */
export function TenantIdField(): PropertyDecorator {
  return IdField({
    description: 'The tenant of the user.',
    example: DEFAULT_TENANT_ID,
    default: DEFAULT_TENANT_ID,
    optional: true,
  });
}
