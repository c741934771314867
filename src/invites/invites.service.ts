import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { enforce } from '../access/decision.js';
import { notFound } from '../errors/domain-error.js';
import type { Answer } from '../events/model/commands.js';
import type { EventRecord } from '../events/model/event-record.js';
import { EventViewsService } from '../events/read/event-views.service.js';
import { EventsService } from '../events/read/events.service.js';
import { EventWriter } from '../events/write/event-writer.js';
import { type Page, pageOf } from '../http/page/page.js';
import { decodePageToken } from '../http/page/page-token.js';
import { repeats } from '../scheduling/occurrences/series-row.js';
import { UsersService } from '../users/read/users.service.js';
import type { AnsweredInvite, Invite } from './model/invite.js';
import {
  knowsOfInvite,
  mayAnswerInvite,
  mayListInvitesOf,
  seesPrivateInvitesOf,
} from './model/invite.policy.js';
import type { ListInvitesDto } from './rest/list-invites.dto.js';
import { InvitesRepository } from './store/invites.repository.js';

/** What an invitee says to an invite. */
export type InviteAnswer = Pick<Answer, 'status' | 'comment' | 'originalStart'>;

/** Finds invites, and lets those answer who may. */
@Injectable()
export class InvitesService {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly writer: EventWriter,
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
  ) {}

  /** @throws {DomainError} not-found `invite_not_found` */
  async get(id: number): Promise<Invite> {
    const invite = await this.find(id);
    await this.concealFromOutsiders(invite, await this.eventOf(invite));
    return invite;
  }

  /** @throws {DomainError} not-found `user_not_found`; forbidden @throws {UnauthenticatedError} */
  async ofUser(userId: number, query: ListInvitesDto): Promise<Page<Invite>> {
    const [actor, user] = [this.currentActor.get(), await this.users.getVisible(userId)];
    enforce(mayListInvitesOf(actor, user), 'Only the invitee may list their invites.');
    const [afterId] = decodePageToken(query.page_token, 1) ?? [0];
    const found = await this.invites.ofUser(
      userId,
      { status: query.status, toPublicEventsOnly: !seesPrivateInvitesOf(actor, user) },
      afterId,
      query.limit + 1,
    );
    return pageOf(found, query.limit, (invite) => [invite.inviteId]);
  }

  /**
   * Answers an invite, or one occurrence of it; the same answer again changes nothing. An attendee who allows no double
   * booking can accept only what their time is free for.
   * @throws {DomainError} invalid; forbidden; not-found `invite_not_found`, `occurrence_not_found`; conflict
   * `time_taken`
   * @throws {UnauthenticatedError}
   */
  async answer(id: number, answer: InviteAnswer): Promise<AnsweredInvite> {
    // A crowd may answer at the same moment, so the search and the check of access come before the lock.
    const invite = await this.answerable(id);
    const { eventId, userId } = invite;
    return { ...invite, ...(await this.writer.answer({ inviteId: id, eventId, userId, ...answer })) };
  }

  /**
   * The invite as its answer stands; with an original start, as the answer to that occurrence stands.
   * @throws {DomainError} not-found `invite_not_found`, `occurrence_not_found`
   */
  async answered(
    id: number,
    { originalStart }: Pick<InviteAnswer, 'originalStart'>,
  ): Promise<AnsweredInvite> {
    const invite = await this.find(id);
    const event = await this.eventOf(invite);
    await this.concealFromOutsiders(invite, event);
    if (originalStart === undefined || !repeats(event)) return invite;
    return { ...invite, ...this.events.answerTo(event, invite.userId, originalStart) };
  }

  /** The invite, if the current actor may answer it. */
  private async answerable(id: number): Promise<Invite> {
    const invite = await this.find(id);
    const event = await this.eventOf(invite);
    await this.concealFromOutsiders(invite, event);
    enforce(
      mayAnswerInvite(this.currentActor.get(), invite, event),
      'Only the invitee may answer an invite.',
    );
    return invite;
  }

  /** The event of an invite with those of its attendees alone on whom access depends: it may have a thousand. */
  private async eventOf({ eventId, userId }: Invite): Promise<EventRecord> {
    const actor = this.currentActor.get();
    const concerned = actor.kind === 'user' ? [userId, actor.userId] : [userId];
    const event = await this.events.withAttendees(eventId, concerned);
    // A caller who does not attend may see the event through any of its attendees.
    return (await this.views.isVisible(event)) ? event : this.events.get(eventId);
  }

  private async find(id: number): Promise<Invite> {
    const invite = await this.invites.withId(id);
    if (!invite) throw notFound('invite', id);
    return invite;
  }

  private async concealFromOutsiders({ inviteId }: Invite, event: EventRecord): Promise<void> {
    const known = knowsOfInvite(this.currentActor.get(), event) && (await this.views.isVisible(event));
    if (!known) throw notFound('invite', inviteId);
  }
}
