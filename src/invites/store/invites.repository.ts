import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Not, Repository } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Answer } from '../../events/model/event-words.js';
import { Attendee } from '../../events/store/attendee.entity.js';
import type { Invite } from '../model/invite.js';

/** Which invites of a user are asked for. */
export interface InviteFilter {
  readonly status: Answer | undefined;
  readonly toPublicEventsOnly: boolean;
}

/** An invite after its answer. */
export interface Answered extends Invite {
  /** The answer before. */
  readonly before: Answer;
  readonly changed: boolean;
}

const ANSWER_INVITE = `
  WITH answered AS (
    UPDATE attendees SET status = $2, comment = CASE WHEN $4 THEN comment ELSE $3 END, updated_at = now()
     WHERE invite_id = $1 AND (status <> $2 OR NOT $4 AND comment IS DISTINCT FROM $3)
    RETURNING *),
  raised AS (
    UPDATE events SET version = version + 1, updated_at = now() WHERE id = (SELECT event_id FROM answered))
  SELECT a.event_id AS "eventId", a.user_id AS "userId", a.invite_id AS "inviteId",
         coalesce(n.status, a.status) AS status, CASE WHEN n.invite_id IS NULL THEN a.comment ELSE n.comment END AS comment,
         a.created_at AS "createdAt", coalesce(n.updated_at, a.updated_at) AS "updatedAt",
         a.status AS before, n.invite_id IS NOT NULL AS changed
    FROM attendees a LEFT JOIN answered n USING (invite_id) WHERE a.invite_id = $1`;

@Injectable()
export class InvitesRepository {
  constructor(
    @InjectRepository(Attendee) private readonly attendees: Repository<Attendee>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async withId(inviteId: number): Promise<Invite | null> {
    return (await this.repository.findOneBy({ inviteId })) as Invite | null;
  }

  /** The invites of a user after `afterId`, oldest first, at most `limit`. */
  async ofUser(
    userId: number,
    { status, toPublicEventsOnly }: InviteFilter,
    afterId: number,
    limit: number,
  ): Promise<Invite[]> {
    const invites = await this.repository.find({
      where: {
        userId,
        inviteId: afterId > 0 ? MoreThan(afterId) : Not(IsNull()),
        ...(status !== undefined && { status }),
        ...(toPublicEventsOnly && { event: { visibility: 'public' } }),
      },
      order: { inviteId: 'ASC' },
      take: limit,
    });
    return invites as Invite[];
  }

  /**
   * Answers an invite and raises the version of its event; nothing changes if the answer is the one that is there.
   * The event is locked by the caller.
   * @param comment undefined: the present one stays
   * @returns null without such an invite
   */
  async answer(
    inviteId: number,
    status: Answer,
    comment: string | null | undefined,
  ): Promise<Answered | null> {
    const [answered] = await this.unitOfWork.prepared<Answered>(
      { name: 'answer_invite', text: ANSWER_INVITE },
      [inviteId, status, comment ?? null, comment === undefined],
    );
    return answered ?? null;
  }

  private get repository(): Repository<Attendee> {
    return this.unitOfWork.repository(this.attendees);
  }
}
