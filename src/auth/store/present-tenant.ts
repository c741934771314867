/** SQL: whether the tenant `$1` is not deleted. Nobody signs in to a deleted tenant, also before its rows are erased. */
export const TENANT_IS_PRESENT = 'EXISTS (SELECT FROM tenants WHERE id = $1 AND deleted_at IS NULL)';
