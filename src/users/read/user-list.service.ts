import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { requireKey } from '../../access/key-access.js';
import { UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import type { Page } from '../../platform/page/page.js';
import type { UserQuery } from '../model/search/user-query.js';
import type { UserView } from '../model/user.policy.js';
import { UserSearchRepository } from '../store/user-search.repository.js';
import { UsersService } from './users.service.js';

/** Lists the users of the tenant for API keys. Every other caller can only look up an address. */
@Injectable()
export class UserListService {
  constructor(
    private readonly users: UsersService,
    private readonly search: UserSearchRepository,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * A page of users by id.
   * @throws {DomainError} forbidden `key_required`, for a person without an address or with another filter
   * @throws {UnauthenticatedError} for a request without a token, likewise
   */
  async list(query: UserQuery): Promise<Page<UserView>> {
    const { q, email, externalId, kind } = query;
    const actor = this.currentActor.get();
    const isLookUp = email !== undefined && [q, externalId, kind].every((filter) => filter === undefined);
    if (actor.kind !== 'key' && isLookUp) return { items: await this.users.findByEmail(email), next: null };
    if (actor.kind === 'anonymous')
      throw new UnauthenticatedError('token_required', 'Without a token, a request needs `email` alone.');
    requireKey(actor);
    const { items, next } = await this.search.page(query);
    return { items: await this.users.viewAll(items), next };
  }
}
