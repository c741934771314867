import { invalidInput } from '../../../errors/domain-error.js';
import type { PageDto } from '../../../http/page/page.dto.js';
import { decodePageToken } from '../../../http/page/page-token.js';
import type { WireNames } from '../../../http/wire-names/wire-names.js';
import type { GrantPatch, NewGrant } from '../../model/grants/grant-commands.js';
import type { GrantRecord } from '../../model/grants/grant-record.js';
import type { CreateGrantDto, GrantDto, NewGranteeDto, UpdateGrantDto } from './grant.dto.js';

/** The names in requests of the fields of `NewGrant`. */
export const GRANT_FIELDS: WireNames = { grantee: 'grantee.user_id', user: 'user_id' };

/** @throws {DomainError} invalid, naming `grantee` */
export function toNewGrant({ grantee, role, sees_private: seesPrivate }: CreateGrantDto): NewGrant {
  return { userId: granteeOf(grantee), role, seesPrivate };
}

function granteeOf({ type, user_id: userId }: NewGranteeDto): number | null {
  if (type === 'user' && userId !== undefined) return userId;
  if (type === 'tenant' && userId === undefined) return null;
  const message =
    type === 'user' ? 'is required for a grant to a user' : 'must be absent for a grant to the tenant';
  throw invalidInput({ field: 'grantee', message });
}

export function toGrantPatch({ role, sees_private: seesPrivate }: UpdateGrantDto): GrantPatch {
  return { ...(role !== undefined && { role }), ...(seesPrivate !== undefined && { seesPrivate }) };
}

/** @throws {DomainError} invalid, naming `page_token` */
export function toGrantPage({ limit, page_token: token }: PageDto) {
  return { limit, after: decodePageToken(token, ['id']) };
}

export function toGrantDto({ id, userId, role, seesPrivate, createdAt, updatedAt }: GrantRecord): GrantDto {
  return {
    id,
    grantee: userId === null ? { type: 'tenant' } : { type: 'user', user_id: userId },
    role,
    sees_private: seesPrivate,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}
