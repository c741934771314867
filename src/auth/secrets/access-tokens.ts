import { Injectable } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import { MINUTE, SECOND } from '../../calendar/time/civil-time.js';
import { DEFAULT_TENANT_ID } from '../../database/current-tenant.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import type { TokenSubject } from '../model/token-subject.js';
import { OwnTokens } from './own-tokens.js';

/** Seconds. A logout does not end an access token, so the token expires soon. */
export const ACCESS_TOKEN_LIFETIME = (15 * MINUTE) / SECOND;

/** The type of access tokens (RFC 9068 §2.1). */
const ACCESS_TOKEN_TYPE = 'at+jwt';

/** The claim with the generation of the user. A token of the previous version has none, which stands for 0. */
export const GENERATION = 'gen';

/** The claim with the tenant of the user. A token without it is one of the default tenant. */
export const TENANT = 'tenant';

/** The claims of an access token. */
export interface AccessToken extends TokenSubject {
  /** When the user logged in; null for a token that a refresh issued. */
  readonly authenticatedAt: Date | null;
}

/** Issues and verifies access tokens. */
@Injectable()
export class AccessTokens {
  constructor(private readonly tokens: OwnTokens) {}

  /** @param isLogin whether to issue it for a login, with the present time as `auth_time`, or for a refresh, without */
  async issue({ tenantId, userId, generation }: TokenSubject, isLogin: boolean): Promise<string> {
    const claims = {
      [GENERATION]: generation,
      ...(tenantId !== DEFAULT_TENANT_ID && { [TENANT]: tenantId }),
      ...(isLogin && { auth_time: this.tokens.nowInSeconds() }),
    };
    return this.tokens.sign({ type: ACCESS_TOKEN_TYPE, userId, claims, lifetime: ACCESS_TOKEN_LIFETIME });
  }

  /**
   * The claims of the token; null if no key of the installation signed it or if it has expired. The caller compares the
   * generation with the user's.
   */
  async read(token: string): Promise<AccessToken | null> {
    const payload = await this.tokens.read(ACCESS_TOKEN_TYPE, token);
    const subject = payload && subjectOf(payload);
    if (!subject) return null;
    const { auth_time: authTime } = payload;
    return { ...subject, authenticatedAt: typeof authTime === 'number' ? new Date(authTime * SECOND) : null };
  }
}

/** The user and the generation of a token; null if the token names none. */
export function subjectOf({
  sub,
  [GENERATION]: generation = 0,
  [TENANT]: tenantId = DEFAULT_TENANT_ID,
}: JWTPayload): TokenSubject | null {
  const userId = Number(sub);
  if (!isId(userId) || !isId(tenantId) || !Number.isInteger(generation)) return null;
  return { tenantId, userId, generation: generation as number };
}

function isId(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_ID;
}
