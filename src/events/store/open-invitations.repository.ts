import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { shownStatusInSql } from './attendees/members.js';

/** An arbitrary number. The number and the id of the organizer name an advisory lock of the database. */
export const LOCK_OF_ORGANIZER = 1_764_205;

/** An invited user, and how many unanswered invitations of one organizer the user has. */
export interface OpenInvitations {
  /** Null: guests, who have no account. */
  readonly userId: number | null;
  readonly count: number;
}

/** Counts the unanswered invitations of an organizer. */
@Injectable()
export class OpenInvitationsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Makes other transactions that lock the organizer's invitations wait until this one ends. */
  async lock(organizerId: number): Promise<void> {
    await this.unitOfWork.manager.query('SELECT pg_catalog.pg_advisory_xact_lock($1::integer, $2::integer)', [
      LOCK_OF_ORGANIZER,
      organizerId,
    ]);
  }

  /** Counts the unanswered invitations to the organizer's events that are not over, by invited user, and those of guests together. */
  async countByUser(organizerId: number, now: Date): Promise<OpenInvitations[]> {
    return this.unitOfWork.manager.query(
      `SELECT invite.user_id AS "userId", count(*)::integer AS count
         FROM attendees organizer
         JOIN attendees invite ON invite.tenant_id = organizer.tenant_id AND invite.event_id = organizer.event_id
        WHERE organizer.tenant_id = $1 AND organizer.user_id = $2 AND organizer.status = 'organizer'
          AND organizer.span && tstzrange($3, NULL) AND ${shownStatusInSql('invite')} = 'needs_action'
        GROUP BY invite.user_id
       UNION ALL
       SELECT NULL, count(*)::integer
         FROM attendees organizer
         JOIN guests invite ON invite.tenant_id = organizer.tenant_id AND invite.event_id = organizer.event_id
          AND invite.imported_as IS NULL
        WHERE organizer.tenant_id = $1 AND organizer.user_id = $2 AND organizer.status = 'organizer'
          AND organizer.span && tstzrange($3, NULL) AND ${shownStatusInSql('invite')} = 'needs_action'
       HAVING count(*) > 0`,
      [this.tenant.id, organizerId, now],
    );
  }
}
