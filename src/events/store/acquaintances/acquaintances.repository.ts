import { Injectable } from '@nestjs/common';
import { usersSharingGrantsWith } from '../../../calendars/model/grants/grant-relations-query.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { ReadReplica } from '../../../database/read-replica.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { AcquaintanceReader } from '../../../users/read/acquaintance-reader.js';
import { areAcquainted, takesPart } from './acquaintance-query.js';
import { isUnwantedInviter } from './unwanted-inviter-query.js';

const ACQUAINTANCES = `
  SELECT candidate.id FROM unnest($3::integer[]) AS candidate (id)
   WHERE ${areAcquainted('$1', '$2', 'candidate.id')}`;

const UNWANTED_INVITERS = `
  SELECT candidate.id FROM unnest($3::integer[]) AS candidate (id), users u
   WHERE u.tenant_id = $1 AND u.id = $2 AND ${isUnwantedInviter('u', 'candidate.id')}`;

const NOT_MADE_BUSY = `
  SELECT u.id FROM users u
   WHERE u.tenant_id = $1 AND u.id = ANY ($3::integer[]) AND u.id <> $2::integer
     AND ${isUnwantedInviter('u', '$2::integer')}`;

/** Strangers meet in the same rooms, so that an event makes only persons visible. */
const VISIBLE = `
  SELECT others.user_id AS id
    FROM attendees mine
    JOIN attendees others ON others.tenant_id = mine.tenant_id AND others.event_id = mine.event_id
   WHERE mine.tenant_id = $1 AND mine.user_id = $2 AND ${takesPart('others')}
     AND others.user_id = ANY (ARRAY (
           SELECT id FROM users WHERE tenant_id = $1 AND id = ANY ($3::integer[]) AND kind = 'person'))
  UNION
  SELECT sharing.id FROM (${usersSharingGrantsWith('$2')}) AS sharing WHERE sharing.id = ANY ($3::integer[])`;

interface IdRow {
  readonly id: number;
}

@Injectable()
export class AcquaintancesRepository extends AcquaintanceReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly replica: ReadReplica,
    private readonly tenant: CurrentTenant,
  ) {
    super();
  }

  override async acquaintancesAmong(userId: number, ids: readonly number[]): Promise<number[]> {
    const rows = await this.unitOfWork.prepared<IdRow>({ name: 'acquaintances', text: ACQUAINTANCES }, [
      this.tenant.id,
      userId,
      ids,
    ]);
    return rows.map(({ id }) => id);
  }

  override async unwantedInvitersAmong(userId: number, ids: readonly number[]): Promise<number[]> {
    const rows = await this.replica.prepared<IdRow>({ name: 'unwanted_inviters', text: UNWANTED_INVITERS }, [
      this.tenant.id,
      userId,
      ids,
    ]);
    return rows.map(({ id }) => id);
  }

  override async notMadeBusyBy(inviterId: number, ids: readonly number[]): Promise<number[]> {
    const rows = await this.unitOfWork.prepared<IdRow>({ name: 'users_not_made_busy', text: NOT_MADE_BUSY }, [
      this.tenant.id,
      inviterId,
      ids,
    ]);
    return rows.map(({ id }) => id);
  }

  override async visibleAmong(userId: number, ids: readonly number[]): Promise<number[]> {
    const rows = await this.replica.prepared<IdRow>(
      { name: 'visible_users', text: VISIBLE },
      [this.tenant.id, userId, ids],
      // A replica may not have the event yet that makes a user visible.
      (found) => found.length === ids.length,
    );
    return rows.map(({ id }) => id);
  }
}
