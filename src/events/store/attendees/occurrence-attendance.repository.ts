import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { Member } from '../../model/attendance/member.js';
import { ATTENDS_OCCURRENCES_ONLY, MEMBER_TABLES, type MemberTables } from './members.js';

/** Attendees of single occurrences whose last occurrence is gone do not attend the event any more. */
function removeWithoutOccurrence({ members, answers, key, person }: MemberTables): string {
  return `
  DELETE FROM ${members} m
   WHERE m.tenant_id = $1 AND m.event_id = ANY ($2) AND ${ATTENDS_OCCURRENCES_ONLY} AND NOT EXISTS (
         SELECT FROM ${answers} x
          WHERE x.tenant_id = $1 AND x.event_id = m.event_id AND x.${key} = m.${key} AND NOT x.removed)
  RETURNING m.${person} AS person, m.invite_id AS "inviteId"`;
}

function sumUp({ members, answers, key }: MemberTables): string {
  return `
  UPDATE ${members} m SET occurrences_status = s.status
    FROM (SELECT event_id, ${key}, CASE WHEN bool_or(status = 'needs_action') THEN 'needs_action'
                                        WHEN bool_or(status = 'accepted') THEN 'accepted'
                                        WHEN bool_or(status = 'tentative') THEN 'tentative'
                                        ELSE 'declined' END AS status
            FROM ${answers} WHERE tenant_id = $1 AND event_id = ANY ($2) AND NOT removed
           GROUP BY event_id, ${key}) AS s
   WHERE m.tenant_id = $1 AND m.event_id = s.event_id AND m.${key} = s.${key} AND ${ATTENDS_OCCURRENCES_ONLY}
     AND m.occurrences_status <> s.status`;
}

function attendAt({ answers, key }: MemberTables): string {
  return `
  INSERT INTO ${answers} (tenant_id, event_id, ${key}, original_start, status)
  VALUES ($1, $2, $3, $4, 'needs_action')
  ON CONFLICT (tenant_id, event_id, ${key}, original_start)
    DO UPDATE SET status = excluded.status, removed = false, comment = NULL`;
}

function removeAt({ answers, key }: MemberTables): string {
  return `
  INSERT INTO ${answers} (tenant_id, event_id, ${key}, original_start, status, removed)
  VALUES ($1, $2, $3, $4, 'declined', true)
  ON CONFLICT (tenant_id, event_id, ${key}, original_start)
    DO UPDATE SET status = excluded.status, removed = true, comment = NULL`;
}

function answerOnly({ members, answers, key }: MemberTables): string {
  return `
  UPDATE ${members} m
     SET status = x.status, occurrences_status = NULL, comment = coalesce(x.comment, m.comment), updated_at = now()
    FROM ${answers} x
   WHERE m.tenant_id = $1 AND m.event_id = $2
     AND x.tenant_id = $1 AND x.event_id = $2 AND x.${key} = m.${key} AND x.original_start = $3 AND NOT x.removed`;
}

function leaveWith({ members, answers, key }: MemberTables): string {
  return `
  DELETE FROM ${members} m USING ${answers} x
   WHERE m.tenant_id = $1 AND m.event_id = $2
     AND x.tenant_id = $1 AND x.event_id = $2 AND x.${key} = m.${key} AND x.original_start = $3 AND x.removed`;
}

/** Keeps the attendance of attendees at single occurrences of locked events. */
@Injectable()
export class OccurrenceAttendanceRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Gives an attendee an open invitation to the occurrence. */
  async attendAt(eventId: number, member: Member, originalStart: string): Promise<void> {
    await this.run(attendAt(MEMBER_TABLES[member.kind]), [eventId, member.id, originalStart]);
  }

  /** Removes an attendee of all other occurrences from this one. */
  async removeAt(eventId: number, member: Member, originalStart: string): Promise<void> {
    await this.run(removeAt(MEMBER_TABLES[member.kind]), [eventId, member.id, originalStart]);
  }

  /** Removes an attendee of single occurrences from one of them. `settle` follows. */
  async leaveAt(eventId: number, member: Member, originalStart: string): Promise<void> {
    const { answers, key } = MEMBER_TABLES[member.kind];
    await this.run(
      `DELETE FROM ${answers} WHERE tenant_id = $1 AND event_id = $2 AND ${key} = $3 AND original_start = $4`,
      [eventId, member.id, originalStart],
    );
  }

  /** Makes an attendee of single occurrences one of the whole event, with an open invitation. The answers stay. */
  async attendWhole(eventId: number, member: Member): Promise<void> {
    const { members, key } = MEMBER_TABLES[member.kind];
    await this.run(
      `UPDATE ${members} SET status = 'needs_action', occurrences_status = NULL, updated_at = now()
        WHERE tenant_id = $1 AND event_id = $2 AND ${key} = $3`,
      [eventId, member.id],
    );
  }

  /**
   * Makes the attendees of the occurrence those of the event, with their answers, before the series becomes this one
   * occurrence. `settle` follows, after the answers to single occurrences are gone.
   */
  async keepOnly(eventId: number, originalStart: string): Promise<void> {
    for (const tables of Object.values(MEMBER_TABLES)) {
      await this.run(answerOnly(tables), [eventId, originalStart]);
      await this.run(leaveWith(tables), [eventId, originalStart]);
    }
  }

  /** Gives the attendees of single occurrences the status that sums up their answers. Removes those without an occurrence. */
  async settle(eventId: number): Promise<void> {
    for (const tables of Object.values(MEMBER_TABLES)) {
      await this.run(removeWithoutOccurrence(tables), [[eventId]]);
      await this.run(sumUp(tables), [[eventId]]);
    }
  }

  /**
   * The same for the two parts of a split series. An attendee whose occurrences all lie in the later part keeps the invite
   * there.
   */
  async settleSplit(eventId: number, laterId: number): Promise<void> {
    for (const tables of Object.values(MEMBER_TABLES)) {
      const { members, person, type } = tables;
      await this.run(removeWithoutOccurrence(tables), [[laterId]]);
      const [gone] = await this.run<[{ person: number | string; inviteId: number }[], number]>(
        removeWithoutOccurrence(tables),
        [[eventId]],
      );
      if (gone.length > 0) {
        await this.run(
          `UPDATE ${members} m SET invite_id = kept.invite_id
             FROM unnest($3::${type}[], $4::integer[]) AS kept (${person}, invite_id)
            WHERE m.tenant_id = $1 AND m.event_id = $2 AND m.${person} = kept.${person}`,
          [laterId, gone.map((one) => one.person), gone.map(({ inviteId }) => inviteId)],
        );
      }
      await this.run(sumUp(tables), [[eventId, laterId]]);
    }
  }

  private async run<Rows>(sql: string, values: readonly unknown[]): Promise<Rows> {
    return this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
