import { Injectable } from '@nestjs/common';
import { notFound } from '../../errors/domain-error.js';
import type { InviteFilter, InviteRecord } from '../model/invite-record.js';
import { InvitesRepository } from '../store/invites.repository.js';

/** Reads invites for `invites/`, which checks access. */
@Injectable()
export class EventInvitesService {
  constructor(private readonly invites: InvitesRepository) {}

  /** @throws {DomainError} not-found `invite_not_found` */
  async get(inviteId: number): Promise<InviteRecord> {
    const invite = await this.invites.withId(inviteId);
    if (!invite) throw notFound('invite', inviteId);
    return invite;
  }

  /**
   * The invites of a user, oldest first, at most `limit`.
   * @param afterId the id before the first one; 0: none
   */
  async ofUser(
    userId: number,
    filter: InviteFilter,
    afterId: number,
    limit: number,
  ): Promise<InviteRecord[]> {
    return this.invites.ofUser(userId, filter, afterId, limit);
  }
}
