import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { notFound } from '../../errors/domain-error.js';
import type { EventRecord } from '../../events/model/event-record.js';
import type { InviteRecord } from '../../events/model/invite-record.js';
import { EventInvitesService } from '../../events/read/event-invites.service.js';
import { EventViewsService } from '../../events/read/event-views.service.js';
import { EventsService } from '../../events/read/events.service.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import { repeats } from '../../scheduling/occurrences/series-row.js';
import { UsersService } from '../../users/read/users.service.js';
import type { AnsweredInvite, InviteAnswer, InvitesQuery } from '../model/invite.js';
import { mayListInvitesOf, seesInvite, seesPrivateInvitesOf } from '../model/invite.policy.js';

/** An invite and its event, whose attendees may be only those on whom access depends. */
export interface VisibleInvite {
  readonly invite: InviteRecord;
  readonly event: EventRecord;
}

/** Reads the invites that the current actor sees. */
@Injectable()
export class InvitesService {
  constructor(
    private readonly invites: EventInvitesService,
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The invite, if the current actor sees it.
   * @throws {DomainError} not-found `invite_not_found`
   */
  async get(id: number): Promise<VisibleInvite> {
    const invite = await this.invites.get(id);
    const event = await this.eventOf(invite);
    const isVisible = seesInvite(this.currentActor.get(), event) && (await this.views.isVisible(event));
    if (!isVisible) throw notFound('invite', id);
    return { invite, event };
  }

  /**
   * The invites of a user, oldest first.
   * @throws {DomainError} not-found `user_not_found`; forbidden @throws {UnauthenticatedError}
   */
  async ofUser(userId: number, { status, after, limit }: InvitesQuery): Promise<Page<InviteRecord>> {
    const [actor, user] = [this.currentActor.get(), await this.users.getVisible(userId)];
    enforce(mayListInvitesOf(actor, user), 'Only the invitee may list their invites.');
    const filter = { status, toPublicEventsOnly: !seesPrivateInvitesOf(actor, user) };
    const found = await this.invites.ofUser(userId, filter, after?.[0] ?? 0, limit + 1);
    return pageOf(found, limit, (invite) => [invite.inviteId]);
  }

  /**
   * The invite with its present answer; with an original start, with the answer to that occurrence.
   * @throws {DomainError} not-found `invite_not_found`, `occurrence_not_found`
   */
  async answered(
    id: number,
    { originalStart }: Pick<InviteAnswer, 'originalStart'>,
  ): Promise<AnsweredInvite> {
    const { invite, event } = await this.get(id);
    if (originalStart === undefined || !repeats(event)) return invite;
    return { ...invite, ...this.events.answerTo(event, invite.userId, originalStart) };
  }

  /** The event with only those attendees on whom access depends, since it may have a thousand. */
  private async eventOf({ eventId, userId }: InviteRecord): Promise<EventRecord> {
    const actor = this.currentActor.get();
    const concerned = actor.kind === 'user' ? [userId, actor.userId] : [userId];
    const event = await this.events.withAttendees(eventId, concerned);
    // A caller who does not attend may see the event through any of its attendees.
    return (await this.views.isVisible(event)) ? event : this.events.get(eventId);
  }
}
