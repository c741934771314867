import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { mayListInvitesOf, seesAllInvitesOf } from '../../events/model/attendance/invite.policy.js';
import type { AnsweredInvite, InviteRecord } from '../../events/model/attendance/invite-record.js';
import type { Answer } from '../../events/model/commands.js';
import { EventInvitesService } from '../../events/read/event-invites.service.js';
import { EventsService } from '../../events/read/events.service.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import { repeats } from '../../scheduling/occurrences/series-record.js';
import { UsersService } from '../../users/read/users.service.js';
import type { InvitesQuery } from '../model/invites-query.js';

/** Reads the invites that the current actor sees. */
@Injectable()
export class InvitesService {
  constructor(
    private readonly invites: EventInvitesService,
    private readonly events: EventsService,
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The invite, if the current actor sees it.
   * @throws {DomainError} not-found `invite_not_found`
   */
  async get(id: number): Promise<InviteRecord> {
    return (await this.invites.getVisible(id)).invite;
  }

  /**
   * The invites of a user, oldest first.
   * @throws {DomainError} not-found `user_not_found`; forbidden @throws {UnauthenticatedError}
   */
  async ofUser(userId: number, { status, after, limit }: InvitesQuery): Promise<Page<InviteRecord>> {
    const [actor, user] = [this.currentActor.get(), await this.users.getVisible(userId)];
    enforce(mayListInvitesOf(actor, user), 'Only the invited user may list the invites.');
    const filter = { status, seenWithoutToken: !seesAllInvitesOf(actor, user) };
    const found = await this.invites.ofUser(userId, filter, after?.[0] ?? 0, limit + 1);
    return pageOf(found, limit, (invite) => [invite.inviteId]);
  }

  /**
   * The invite with its present answer; with an original start, with the answer to that occurrence.
   * @throws {DomainError} not-found `invite_not_found`, `occurrence_not_found`
   */
  async answered(id: number, { originalStart }: Pick<Answer, 'originalStart'>): Promise<AnsweredInvite> {
    const { invite, event } = await this.invites.getVisible(id);
    if (originalStart === undefined || !repeats(event)) return invite;
    return { ...invite, ...this.events.answerTo(event, invite, originalStart) };
  }
}
