import { Injectable } from '@nestjs/common';
import { SCOPES, type Scope } from '../../access/scope.js';
import type { TokenSubject } from '../model/token-subject.js';
import { GENERATION, subjectOf, TENANT } from './access-tokens.js';
import { OwnTokens } from './own-tokens.js';

/**
 * The type of exchanged tokens. It differs from that of access tokens, so that an instance of the previous version, which
 * knows no scopes, refuses them.
 */
export const EXCHANGED_TOKEN_TYPE = 'exchanged+jwt';

const KEY = 'key';
const SCOPE = 'scope';

/** The claims of an exchanged token: an API key acts as the user, with these scopes. */
export interface ExchangedToken extends TokenSubject {
  readonly keyId: number;
  readonly scopes: readonly Scope[];
}

/** Issues and verifies the tokens that a backend exchanges for its users (RFC 8693). */
@Injectable()
export class ExchangedTokens {
  constructor(private readonly tokens: OwnTokens) {}

  /** @param lifetime in seconds */
  async issue(
    { userId, generation, tenantId, keyId, scopes }: ExchangedToken,
    lifetime: number,
  ): Promise<string> {
    const claims = { [GENERATION]: generation, [TENANT]: tenantId, [KEY]: keyId, [SCOPE]: scopes.join(' ') };
    return this.tokens.sign({ type: EXCHANGED_TOKEN_TYPE, userId, claims, lifetime });
  }

  /** The claims of the token; null if no key of the installation signed it or if it has expired. */
  async read(token: string): Promise<ExchangedToken | null> {
    const payload = await this.tokens.read(EXCHANGED_TOKEN_TYPE, token);
    const subject = payload && subjectOf(payload);
    if (!subject) return null;
    const { [KEY]: keyId, [SCOPE]: scopes } = payload;
    if (!Number.isInteger(keyId) || typeof scopes !== 'string') return null;
    const named = new Set(scopes.split(' '));
    return {
      ...subject,
      keyId: keyId as number,
      scopes: SCOPES.filter((scope) => named.has(scope)),
    };
  }
}
