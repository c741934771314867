import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { requireKey, requireScopes } from '../../access/key-access.js';
import type { Scope } from '../../access/scope.js';
import { SECOND } from '../../calendar/time/civil-time.js';
import { notFound } from '../../errors/domain-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { ExchangedTokens } from '../secrets/exchanged-tokens.js';
import { GenerationsRepository } from '../store/generations.repository.js';

/** Seconds: the shortest token still lasts for the requests of a page. */
export const MIN_EXCHANGED_TOKEN_LIFETIME = 60;

/** Seconds: a page that stays open gets a new token from its backend. */
export const MAX_EXCHANGED_TOKEN_LIFETIME = 3600;

/** Seconds. */
export const DEFAULT_EXCHANGED_TOKEN_LIFETIME = 900;

/** A request of a backend for a token of one of its users. */
export interface TokenExchange {
  readonly userId: number;
  /** Seconds. */
  readonly lifetime: number;
  /** Null: those of the key. */
  readonly scopes: readonly Scope[] | null;
}

/** A token that was exchanged, for the browser of the user. */
export interface ExchangedAccess {
  readonly accessToken: string;
  /** Seconds, to the end of the key at most. */
  readonly lifetime: number;
}

/** Gives a backend tokens by which browsers act as its users. A token ends when its key is revoked. */
@Injectable()
export class TokenExchangeService {
  constructor(
    private readonly tokens: ExchangedTokens,
    private readonly generations: GenerationsRepository,
    private readonly currentActor: CurrentActor,
    private readonly clock: Clock,
  ) {}

  /** @throws {DomainError} forbidden `key_required`, `scope_missing`; not-found `user_not_found` */
  async exchange({ userId, lifetime, scopes }: TokenExchange): Promise<ExchangedAccess> {
    const { id: keyId, tenantId, scopes: held, expiresAt } = requireKey(this.currentActor.get());
    if (scopes !== null) requireScopes({ scopes: held }, scopes);
    const generation = await this.generations.of(userId);
    if (generation === null) throw notFound('user', userId);
    const left = expiresAt === null ? lifetime : secondsBetween(this.clock.now(), expiresAt);
    const granted = Math.min(lifetime, left);
    const claims = { userId, generation, tenantId, keyId, scopes: scopes ?? [...held] };
    return { accessToken: await this.tokens.issue(claims, granted), lifetime: granted };
  }
}

function secondsBetween(start: Date, end: Date): number {
  return Math.floor((end.getTime() - start.getTime()) / SECOND);
}
