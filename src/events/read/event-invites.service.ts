import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { notFound } from '../../errors/domain-error.js';
import { seesInvite } from '../model/attendance/invite.policy.js';
import type { InviteFilter, InviteRecord, VisibleInvite } from '../model/attendance/invite-record.js';
import { seesGuestAddresses } from '../model/event.policy.js';
import type { PartialEventRecord } from '../model/event-record.js';
import { InvitesRepository } from '../store/invites.repository.js';
import { EventViewsService } from './event-views.service.js';
import { EventsService } from './events.service.js';

/** Reads invites to events. */
@Injectable()
export class EventInvitesService {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The invite, if the current actor sees it.
   * @throws {DomainError} not-found `invite_not_found`
   */
  async getVisible(inviteId: number): Promise<VisibleInvite> {
    const invite = await this.invites.withId(inviteId);
    if (!invite) throw notFound('invite', inviteId);
    const event = await this.eventOf(invite);
    const isVisible = seesInvite(this.currentActor.get(), event) && (await this.views.isVisible(event));
    if (!isVisible) throw notFound('invite', inviteId);
    const { guest } = invite;
    if (guest === null || seesGuestAddresses(this.currentActor.get(), event)) return { invite, event };
    return { invite: { ...invite, guest: { ...guest, email: null } }, event };
  }

  /**
   * The invites of a user, oldest first, at most `limit`. Does not check access.
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

  /** The event with only those attendees on whom access depends, since an event may have a thousand. */
  private async eventOf({ eventId, userId }: InviteRecord): Promise<PartialEventRecord> {
    // A guest has no row among the attendees, and the organizer answers.
    if (userId === null) return this.events.get(eventId);
    const actor = this.currentActor.get();
    const concerned = actor.kind === 'user' ? [userId, actor.userId] : [userId];
    const event = await this.events.withAttendees(eventId, concerned);
    // A caller who does not attend may see the event through any of its attendees.
    return (await this.views.isVisible(event)) ? event : this.events.get(eventId);
  }
}
