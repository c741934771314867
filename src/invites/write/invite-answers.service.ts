import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { EventWriter } from '../../events/write/event-writer.js';
import type { AnsweredInvite, InviteAnswer } from '../model/invite.js';
import { mayAnswerInvite } from '../model/invite.policy.js';
import { InvitesService } from '../read/invites.service.js';

/** Answers invites on behalf of their invitees. */
@Injectable()
export class InviteAnswersService {
  constructor(
    private readonly invites: InvitesService,
    private readonly writer: EventWriter,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * Answers an invite, or one occurrence of it. The same answer again changes nothing. An attendee who allows no double
   * booking can accept only if no other event takes the time.
   * @throws {DomainError} invalid; forbidden; not-found `invite_not_found`, `occurrence_not_found`; conflict
   * `time_taken`
   * @throws {UnauthenticatedError}
   */
  async answer(id: number, answer: InviteAnswer): Promise<AnsweredInvite> {
    // Many invitees may answer at the same moment, so access is checked before the event is locked.
    const { invite, event } = await this.invites.get(id);
    enforce(
      mayAnswerInvite(this.currentActor.get(), invite, event),
      'Only the invitee may answer an invite.',
    );
    const { eventId, userId } = invite;
    return { ...invite, ...(await this.writer.answer({ inviteId: id, eventId, userId, ...answer })) };
  }
}
