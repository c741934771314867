import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { enforce } from '../access/decision.js';
import { ChangeFeed } from '../changes/change-feed.js';
import { notFound } from '../errors/domain-error.js';
import type { EventRecord } from '../events/model/event-record.js';
import { type Answer, takesTimeAnew } from '../events/model/event-words.js';
import { EventViewsService } from '../events/read/event-views.service.js';
import { EventsService } from '../events/read/events.service.js';
import { attendedBy } from '../events/write/booked-event.js';
import { OccurrenceAnswersService } from '../events/write/occurrence-answers.service.js';
import { type Page, pageOf } from '../http/page/page.js';
import { decodePageToken } from '../http/page/page-token.js';
import { ConflictsService } from '../scheduling/booking/conflicts.service.js';
import { repeats } from '../scheduling/occurrences/series-row.js';
import { UsersService } from '../users/read/users.service.js';
import type { AnsweredInvite, Invite } from './model/invite.js';
import {
  knowsOfInvite,
  mayAnswerInvite,
  mayListInvitesOf,
  seesPrivateInvitesOf,
} from './model/invite.policy.js';
import type { AnswerDto } from './rest/answer.dto.js';
import type { ListInvitesDto } from './rest/list-invites.dto.js';
import { InvitesRepository } from './store/invites.repository.js';

@Injectable()
export class InvitesService {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly occurrenceAnswers: OccurrenceAnswersService,
    private readonly users: UsersService,
    private readonly conflicts: ConflictsService,
    private readonly currentActor: CurrentActor,
    private readonly feed: ChangeFeed,
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
   * Answers an invite, or with `original_start` one occurrence of it; the same answer again changes nothing. An
   * attendee who allows no double booking can accept only what their time is free for.
   * @throws {DomainError} invalid; forbidden; not-found `invite_not_found`, `occurrence_not_found`; conflict
   * `time_taken`
   * @throws {UnauthenticatedError}
   */
  async answer(id: number, status: Answer, answer: AnswerDto): Promise<AnsweredInvite> {
    // All that does not need the lock comes before it: a crowd may answer at the same moment.
    const { eventId, userId } = await this.answerable(id);
    return this.events.inTurn(eventId, [userId], async () => {
      await this.events.lockForAnswer(eventId);
      return (await this.answerOccurrence(id, status, answer)) ?? this.answerWhole(id, status, answer);
    });
  }

  /**
   * The invite as its answer stands; with `original_start`, as the answer to that occurrence stands.
   * @throws {DomainError} not-found `invite_not_found`, `occurrence_not_found`
   */
  async answered(id: number, { original_start }: AnswerDto): Promise<AnsweredInvite> {
    const invite = await this.find(id);
    const event = await this.eventOf(invite);
    await this.concealFromOutsiders(invite, event);
    if (original_start === undefined || !repeats(event)) return invite;
    return { ...invite, ...this.occurrenceAnswers.of(event, invite.userId, original_start) };
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

  private async answerWhole(id: number, status: Answer, { comment }: AnswerDto): Promise<Invite> {
    const answered = await this.invites.answer(
      id,
      status,
      comment === undefined ? undefined : comment || null,
    );
    if (!answered) throw notFound('invite', id);
    const { eventId, userId, before, changed } = answered;
    if (changed) {
      this.feed.answerChanged(eventId, userId);
      if (takesTimeAnew(before, status)) {
        await this.conflicts.bookAnswer(userId, undefined, async () =>
          attendedBy(await this.events.withAttendees(eventId, [userId]), userId),
        );
      }
    }
    return answered;
  }

  /** @returns null if the answer is to the whole event: it names no occurrence, or the event does not repeat */
  private async answerOccurrence(
    id: number,
    status: Answer,
    { comment, original_start }: AnswerDto,
  ): Promise<AnsweredInvite | null> {
    if (original_start === undefined) return null;
    const invite = await this.find(id);
    const event = await this.events.withAttendees(invite.eventId, [invite.userId]);
    if (!repeats(event)) return null;
    const { userId } = invite;
    const answered = await this.occurrenceAnswers.answer(event, userId, original_start, status, comment);
    return { ...invite, ...answered };
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
