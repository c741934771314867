import { Injectable } from '@nestjs/common';
import type { CallerKey } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { requireKey, requireScopes } from '../../access/key-access.js';
import { SCOPES } from '../../access/scope.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, invalidInput, notFound } from '../../errors/domain-error.js';
import { InvalidToken } from '../../errors/unauthenticated-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import {
  type ApiKeyRecord,
  type CreatedApiKey,
  MAX_API_KEYS_PER_TENANT,
  type NewApiKey,
} from '../model/api-key-record.js';
import { newApiKeyText } from '../model/api-key-text.js';
import { newKeyRow } from '../model/new-key-row.js';
import { ApiKeysRepository } from '../store/api-keys.repository.js';

/** Makes, lists and revokes the keys of the caller's tenant. A key reaches only keys that have no scope beyond its own. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a key. It expires no later than its maker.
   * @throws {DomainError} invalid; forbidden `key_required`, `scope_missing`; quota-exceeded `too_many_api_keys`
   */
  async create({ name, scopes, expiresAt }: NewApiKey): Promise<CreatedApiKey> {
    const maker = requireKey(this.currentActor.get());
    const granted =
      scopes === 'all' ? SCOPES.filter((scope) => maker.scopes.has(scope)) : [...new Set(scopes)];
    requireScopes(maker, granted);
    const createdAt = this.clock.now();
    if (expiresAt !== null && expiresAt <= createdAt)
      throw invalidInput({ field: 'expiresAt', message: 'must be in the future' });
    const text = newApiKeyText();
    const record = await this.unitOfWork.run(async () => {
      await this.expectUnrevoked(maker);
      await this.expectRoom(maker.tenantId);
      return this.keys.add(
        newKeyRow(text, {
          tenantId: maker.tenantId,
          name,
          scopes: granted,
          createdByKeyId: maker.id,
          createdAt,
          expiresAt: earlier(expiresAt, maker.expiresAt),
        }),
      );
    });
    return { record, text };
  }

  /** @throws {DomainError} forbidden `key_required` */
  async list({
    after,
    limit,
  }: {
    readonly after: number;
    readonly limit: number;
  }): Promise<Page<ApiKeyRecord>> {
    const { tenantId, scopes } = requireKey(this.currentActor.get());
    const found = await this.keys.page(tenantId, scopes, { after, limit: limit + 1 });
    return pageOf(found, limit, ({ id }) => [id]);
  }

  /**
   * Revokes a key at once, on every instance.
   * @param withChildren whether to revoke the keys that it made too, and the keys that those made
   * @throws {DomainError} not-found; forbidden `key_required`, `scope_missing`
   */
  async revoke(id: number, withChildren: boolean): Promise<void> {
    const caller = requireKey(this.currentActor.get());
    const now = this.clock.now();
    await this.unitOfWork.run(async () => {
      const key = await this.keys.withId(caller.tenantId, id);
      if (key === null) throw notFound('api key', id);
      requireScopes(caller, key.scopes);
      await this.keys.revoke(caller.tenantId, id, now);
      if (withChildren) await this.revokeMadeBy(caller.tenantId, id, now);
    });
  }

  /** The keys of a maker that is revoked in the same transaction: its row lock keeps it from making another one. */
  private async revokeMadeBy(tenantId: number, id: number, now: Date): Promise<void> {
    for (let makers = [id]; makers.length > 0; ) {
      const made = await this.keys.madeBy(tenantId, makers);
      for (const child of made) await this.keys.revoke(tenantId, child, now);
      makers = made;
    }
  }

  /** Another request may have revoked the maker since the guard read it. */
  private async expectUnrevoked({ tenantId, id }: CallerKey): Promise<void> {
    if (!(await this.keys.held(tenantId, id))) throw new InvalidToken();
  }

  private async expectRoom(tenantId: number): Promise<void> {
    if ((await this.keys.count(tenantId)) < MAX_API_KEYS_PER_TENANT) return;
    throw new DomainError(
      'quota-exceeded',
      'too_many_api_keys',
      `A tenant has at most ${MAX_API_KEYS_PER_TENANT} API keys. Delete those that no program uses.`,
    );
  }
}

/** The earlier of two ends; null is never. */
function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
