import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';

const CONCERNED = `
  SELECT a.user_id AS id FROM attendees a
   WHERE a.tenant_id = $1 AND a.event_id = ANY ($2) AND a.user_id = ANY ($4)
  UNION
  SELECT p.user_id FROM event_changes c
    JOIN event_previous_rows p ON p.tenant_id = c.tenant_id AND p.event_id = c.event_id AND p.xid = c.xid
   WHERE c.tenant_id = $1 AND c.sequence = ANY ($3) AND p.part = 'attendee' AND p.user_id = ANY ($4)`;

/** Finds the users in whose lists a change of events may show. */
@Injectable()
export class ConcernedUsersRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Those of the users who attend one of the changed events, or attended it before its change. */
  async among(
    userIds: readonly number[],
    changes: readonly { readonly eventId: number; readonly sequence: number }[],
  ): Promise<number[]> {
    const rows: { id: number }[] = await this.unitOfWork.manager.query(CONCERNED, [
      this.tenant.id,
      changes.map(({ eventId }) => eventId),
      changes.map(({ sequence }) => sequence),
      userIds,
    ]);
    return rows.map(({ id }) => id);
  }
}
