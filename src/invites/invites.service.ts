import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { enforce } from '../access/decision.js';
import { ChangeFeed } from '../common/changes/change-feed.js';
import { notFound } from '../common/domain-error.js';
import { decodePageToken, type Page, pageOf } from '../common/page/page.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { attendedBy } from '../events/booked-event.js';
import type { EventRecord } from '../events/event-record.js';
import { EventViewsService } from '../events/event-views.service.js';
import { type Answer, takesTimeAnew } from '../events/event-words.js';
import { EventsService } from '../events/events.service.js';
import { OccurrenceAnswersService } from '../events/occurrence-answers.service.js';
import { ConflictsService } from '../scheduling/conflicts.service.js';
import { repeats } from '../scheduling/series.js';
import { UsersService } from '../users/users.service.js';
import type { AnswerDto } from './dto/answer.dto.js';
import type { ListInvitesDto } from './dto/list-invites.dto.js';
import type { AnsweredInvite, Invite } from './invite.mapper.js';
import { knowsOfInvite, mayAnswerInvite, mayListInvitesOf, seesPrivateInvitesOf } from './invite.policy.js';
import { InvitesRepository } from './invites.repository.js';

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
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
  ) {}

  /** @throws {DomainError} not-found `invite_not_found` */
  async get(id: number): Promise<Invite> {
    const invite = await this.find(id);
    await this.concealFromOutsiders(invite, await this.events.get(invite.eventId));
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
  async answer(id: number, status: Answer, { comment, original_start }: AnswerDto): Promise<AnsweredInvite> {
    return this.unitOfWork.run(async () => {
      // The event is locked before its attendees wherever both change, so that no two transactions deadlock.
      const event = await this.events.locked((await this.find(id)).eventId);
      const invite = await this.find(id);
      await this.concealFromOutsiders(invite, event);
      enforce(
        mayAnswerInvite(this.currentActor.get(), invite, event),
        'Only the invitee may answer an invite.',
      );
      if (original_start !== undefined && repeats(event)) {
        const { userId } = invite;
        return {
          ...invite,
          ...(await this.occurrenceAnswers.answer(event, userId, original_start, status, comment)),
        };
      }
      const said = comment === undefined ? invite.comment : comment || null;
      if (invite.status === status && invite.comment === said) return invite;
      await this.invites.answer(id, status, said);
      await this.events.raiseVersion(event.id);
      this.feed.answerChanged(event.id, invite.userId);
      if (takesTimeAnew(invite.status, status)) {
        const answered = await this.events.get(event.id);
        await this.conflicts.bookAnswer(attendedBy(answered, invite.userId));
      }
      return this.find(id);
    });
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
