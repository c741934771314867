import type { GrantRecord } from './grant-record.js';

/** Grants a user, or the tenant, access to a calendar. */
export type NewGrant = Pick<GrantRecord, 'userId' | 'role' | 'seesPrivate'>;

/** Changes a grant. Absent values stay. */
export type GrantPatch = Partial<Pick<GrantRecord, 'role' | 'seesPrivate'>>;
