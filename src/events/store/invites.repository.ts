import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { InviteFilter, InviteRecord } from '../model/attendance/invite-record.js';
import type { AnswerStatus, InviteStatus } from '../model/event-words.js';
import { ATTENDS_OCCURRENCES_ONLY, shownStatusInSql } from './attendees/members.js';
import { shownByOrganizer } from './shown-by-organizer.js';

/** The part of an invite that an answer to the whole event sets. */
interface AnswerRow extends Pick<InviteRecord, 'status' | 'comment' | 'updatedAt'> {
  /** The status before the answer. An attendee of single occurrences has declined the event. */
  readonly before: InviteStatus;
  /** Whether the answer differs from the one before. */
  readonly changed: boolean;
}

const INVITES = `
  SELECT a.invite_id AS "inviteId", a.event_id AS "eventId", a.user_id AS "userId", NULL AS guest,
         ${shownStatusInSql('a')} AS status, a.comment, a.created_at AS "createdAt", a.updated_at AS "updatedAt"
    FROM attendees a WHERE a.tenant_id = $1`;

const INVITE_OF_GUEST = `
  SELECT g.invite_id AS "inviteId", g.event_id AS "eventId", NULL AS "userId",
         json_build_object('email', g.email, 'name', g.name) AS guest,
         ${shownStatusInSql('g')} AS status, g.comment, g.created_at AS "createdAt", g.updated_at AS "updatedAt"
    FROM guests g WHERE g.tenant_id = $1 AND g.invite_id = $2`;

/** An organizer has no invite, and so no id that is more than `$3`. */
const INVITES_OF_USER = `
  ${INVITES}
     AND a.user_id = $2 AND a.invite_id > $3 AND ($4::text IS NULL OR ${shownStatusInSql('a')} = $4)
     AND (NOT $5 OR EXISTS (
           SELECT FROM events e WHERE e.tenant_id = $1 AND e.id = a.event_id AND ${shownByOrganizer('anonymous')}))
   ORDER BY a.invite_id LIMIT $6`;

/** Raises the version in the same round trip, and only if the answer changes, since many attendees answer at once. */
const ANSWER_INVITE = `
  WITH answered AS (
    UPDATE attendees m
       SET status = CASE WHEN ${ATTENDS_OCCURRENCES_ONLY} THEN m.status ELSE $3 END,
           occurrences_status = CASE WHEN ${ATTENDS_OCCURRENCES_ONLY} THEN $3 END,
           comment = CASE WHEN $5 THEN comment ELSE $4 END, updated_at = now()
     WHERE tenant_id = $1 AND invite_id = $2
       AND (${shownStatusInSql('m')} <> $3 OR NOT $5 AND comment IS DISTINCT FROM $4
            OR ${ATTENDS_OCCURRENCES_ONLY} AND EXISTS (
                 SELECT FROM occurrence_answers x
                  WHERE x.tenant_id = $1 AND x.event_id = m.event_id AND x.user_id = m.user_id
                    AND NOT x.removed AND x.status <> $3))
    RETURNING m.*),
  of_occurrences AS (
    UPDATE occurrence_answers x SET status = $3, updated_at = now() FROM answered m
     WHERE x.tenant_id = $1 AND x.event_id = m.event_id AND x.user_id = m.user_id AND ${ATTENDS_OCCURRENCES_ONLY}
       AND NOT x.removed AND x.status <> $3),
  raised AS (
    UPDATE events SET version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND id = (SELECT event_id FROM answered))
  SELECT CASE WHEN n.invite_id IS NULL THEN ${shownStatusInSql('a')} ELSE ${shownStatusInSql('n')} END AS status,
         CASE WHEN n.invite_id IS NULL THEN a.comment ELSE n.comment END AS comment,
         coalesce(n.updated_at, a.updated_at) AS "updatedAt", a.status AS before,
         n.invite_id IS NOT NULL AS changed
    FROM attendees a LEFT JOIN answered n USING (tenant_id, invite_id) WHERE a.tenant_id = $1 AND a.invite_id = $2`;

/** Reads invites, and stores the answers to them. */
@Injectable()
export class InvitesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async withId(inviteId: number): Promise<InviteRecord | null> {
    const invites: InviteRecord[] = await this.unitOfWork.manager.query(`${INVITES} AND a.invite_id = $2`, [
      this.tenant.id,
      inviteId,
    ]);
    if (invites.length > 0) return invites[0];
    const ofGuests: InviteRecord[] = await this.unitOfWork.manager.query(INVITE_OF_GUEST, [
      this.tenant.id,
      inviteId,
    ]);
    return ofGuests[0] ?? null;
  }

  /**
   * The invites of a user, oldest first, at most `limit`.
   * @param afterId the id before the first one; 0: none
   */
  async ofUser(
    userId: number,
    { status, seenWithoutToken }: InviteFilter,
    afterId: number,
    limit: number,
  ): Promise<InviteRecord[]> {
    return this.unitOfWork.manager.query(INVITES_OF_USER, [
      this.tenant.id,
      userId,
      afterId,
      status ?? null,
      seenWithoutToken,
      limit,
    ]);
  }

  /**
   * Answers an invite and raises the version of its event. The same answer again changes nothing. The caller has locked
   * the event.
   * @param comment undefined: the comment stays
   * @returns null if there is no such invite
   */
  async answer(
    inviteId: number,
    status: AnswerStatus,
    comment: string | null | undefined,
  ): Promise<AnswerRow | null> {
    const [answered] = await this.unitOfWork.prepared<AnswerRow>(
      { name: 'answer_invite', text: ANSWER_INVITE },
      [this.tenant.id, inviteId, status, comment ?? null, comment === undefined],
    );
    return answered ?? null;
  }
}
