import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { mayActFor, type Subject } from '../../access/decision.js';
import { type CalendarAccess } from '../../calendars/model/grants/calendar-access.js';
import { includesRole } from '../../calendars/model/grants/calendar-role.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import { notFound } from '../../errors/domain-error.js';
import { seesInvite } from '../model/attendance/invite.policy.js';
import type { InviteFilter, InviteRecord, VisibleInvite } from '../model/attendance/invite-record.js';
import { calendarOfAttendee, organizersCalendarOf, seesGuestAddresses } from '../model/event.policy.js';
import type { PartialEventRecord } from '../model/event-record.js';
import { InvitesRepository } from '../store/invites.repository.js';
import { EventViewsService } from './event-views.service.js';
import { EventsService } from './events.service.js';
import { VisiblePartsService } from './parts/visible-parts.service.js';

/** Reads invites to events. */
@Injectable()
export class EventInvitesService {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly parts: VisiblePartsService,
    private readonly access: CalendarAccessService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The invite, if the current actor sees it.
   * @throws {DomainError} not-found `invite_not_found`
   */
  async getVisible(inviteId: number): Promise<VisibleInvite> {
    const invite = await this.invites.withId(inviteId);
    if (!invite) throw notFound('invite', inviteId);
    const { event, part, access } = await this.read(invite);
    if (!seesInvite(part, access, event.visibility === 'private')) throw notFound('invite', inviteId);
    return { invite: this.withAddressIfSeen(invite, event), event };
  }

  /**
   * The invite, if the current actor sees it, or may know that it exists because the actor writes other events of the
   * calendar.
   * @throws {DomainError} not-found `invite_not_found`
   */
  async getForAnswer(inviteId: number): Promise<VisibleInvite & { readonly access: CalendarAccess }> {
    const invite = await this.invites.withId(inviteId);
    if (!invite) throw notFound('invite', inviteId);
    const { event, part, access } = await this.read(invite);
    if (part !== 'full' && !(part === 'times' && this.mayWrite(access))) throw notFound('invite', inviteId);
    return { invite: this.withAddressIfSeen(invite, event), event, access };
  }

  /**
   * The invite, for a change of its event. A caller who may change the event knows its invites, whatever the invited user
   * shares; another caller, those that the caller sees or may know as a writer. Does not check whether the caller may change
   * the event.
   * @throws {DomainError} not-found `invite_not_found`
   */
  async getForChange(inviteId: number): Promise<InviteRecord> {
    const invite = await this.invites.withId(inviteId);
    if (!invite) throw notFound('invite', inviteId);
    const actor = this.currentActor.get();
    const event = await this.events.get(invite.eventId);
    const calendarId = organizersCalendarOf(event);
    const access = (await this.access.to([calendarId]))(calendarId);
    if (this.mayWrite(access) || mayActFor(actor, organizerOf(event)) === 'allow') return invite;
    const ofInvited = await this.read(invite);
    if (ofInvited.part === 'times' && this.mayWrite(ofInvited.access)) return invite;
    return (await this.getVisible(inviteId)).invite;
  }

  /** The invite without the address of its guest, unless the current actor sees the addresses of the event's guests. */
  private withAddressIfSeen(invite: InviteRecord, event: PartialEventRecord): InviteRecord {
    const { guest } = invite;
    if (guest === null || seesGuestAddresses(this.currentActor.get(), event)) return invite;
    return { ...invite, guest: { ...guest, email: null } };
  }

  private mayWrite({ role }: CalendarAccess): boolean {
    return this.currentActor.get().kind === 'user' && includesRole(role, 'writer');
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
    return (await this.views.seesAttendeeOf(event)) ? event : this.events.get(eventId);
  }

  /**
   * The event of an invite, and what the current actor may see and do through the calendar of the invited user; for a guest,
   * through that of the organizer.
   */
  private async read(invite: InviteRecord) {
    const event = await this.eventOf(invite);
    const userId = invite.userId ?? event.organizerId;
    const calendarId = calendarOfAttendee(event, userId);
    const access = (await this.access.to([calendarId]))(calendarId);
    const [part] = (await this.views.seesAttendeeOf(event))
      ? await this.parts.of([{ event, throughUserId: userId }])
      : (['hidden'] as const);
    return { event, access, part };
  }
}

function organizerOf({ organizerId: id, attendees }: PartialEventRecord): Subject {
  const organizer = attendees.find(({ userId }) => userId === id);
  return { id, protected: organizer?.protected ?? true };
}
