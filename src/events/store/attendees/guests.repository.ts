import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { ImportedGuest, NewGuest } from '../../model/commands.js';
import type { GuestAnswerRecord } from '../../model/event-record.js';
import type { InviteStatus } from '../../model/event-words.js';

/** A new guest of an event. */
type GuestOfEvent = (NewGuest | ImportedGuest) & { readonly eventId: number };

const ADD_GUESTS = `
  INSERT INTO guests (tenant_id, event_id, address, email, name, role, status, imported_as, comment,
                      occurrences_status)
  SELECT $1, event_id, address, email, name, role, CASE WHEN $10 THEN 'declined' ELSE status END, imported_as, comment,
         CASE WHEN $10 THEN 'needs_action' END
    FROM unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::text[])
           WITH ORDINALITY AS given (event_id, address, email, name, role, status, imported_as, comment, place)
   ORDER BY place
  RETURNING invite_id AS "inviteId"`;

const COPY_GUESTS = `
  INSERT INTO guests (tenant_id, event_id, address, email, name, role, status, imported_as, occurrences_status, comment,
                      created_at, updated_at)
  SELECT tenant_id, $3, address, email, name, role, status, imported_as, occurrences_status, comment, created_at, updated_at
    FROM guests WHERE tenant_id = $1 AND event_id = $2 ORDER BY invite_id`;

/** The answers get the invites of the copies. */
const MOVE_ANSWERS = `
  UPDATE guest_answers x SET event_id = copy.event_id, invite_id = copy.invite_id
    FROM guests original JOIN guests copy ON copy.tenant_id = $1 AND copy.event_id = $3 AND copy.address = original.address
   WHERE original.tenant_id = $1 AND original.event_id = $2 AND x.tenant_id = $1 AND x.event_id = $2
     AND x.invite_id = original.invite_id AND x.original_start >= $4`;

/** Keeps the guests of events: attendees without an account. */
@Injectable()
export class GuestsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Invites guests, in the order given, in one statement.
   * @param toOccurrences whether the guests attend single occurrences alone
   * @returns the invites, in the same order
   */
  async add(guests: readonly GuestOfEvent[], toOccurrences = false): Promise<number[]> {
    if (guests.length === 0) return [];
    const rows = await this.run<{ inviteId: number }[]>(ADD_GUESTS, [
      guests.map(({ eventId }) => eventId),
      guests.map(({ address }) => address),
      guests.map(({ email }) => email),
      guests.map(({ name }) => name ?? null),
      guests.map(({ role }) => role ?? 'required'),
      guests.map((guest) => ('status' in guest ? guest.status : 'needs_action')),
      guests.map((guest) => ('importedAs' in guest ? guest.importedAs : null)),
      guests.map((guest) => ('comment' in guest ? guest.comment : null)),
      toOccurrences,
    ]);
    return rows.map(({ inviteId }) => inviteId).toSorted((a, b) => a - b);
  }

  /** Sets the names and roles that the guests of an event have from now on. */
  async describe(
    eventId: number,
    guests: readonly { readonly inviteId: number; readonly name: string | null; readonly role: string }[],
  ): Promise<void> {
    if (guests.length === 0) return;
    await this.run(
      `UPDATE guests g SET name = given.name, role = given.role, updated_at = now()
         FROM unnest($3::integer[], $4::text[], $5::text[]) AS given (invite_id, name, role)
        WHERE g.tenant_id = $1 AND g.event_id = $2 AND g.invite_id = given.invite_id`,
      [
        eventId,
        guests.map(({ inviteId }) => inviteId),
        guests.map(({ name }) => name),
        guests.map(({ role }) => role),
      ],
    );
  }

  async remove(eventId: number, inviteIds: readonly number[]): Promise<void> {
    if (inviteIds.length === 0) return;
    await this.run('DELETE FROM guests WHERE tenant_id = $1 AND event_id = $2 AND invite_id = ANY ($3)', [
      eventId,
      inviteIds,
    ]);
  }

  /** Copies the guests of an event to a copy of the event, and moves their answers from `originalStart` on. */
  async split(eventId: number, laterId: number, originalStart: string): Promise<void> {
    await this.run(COPY_GUESTS, [eventId, laterId]);
    await this.run(MOVE_ANSWERS, [eventId, laterId, originalStart]);
  }

  /** Sets the answer of a guest to all occurrences that the guest attends. @returns when */
  async answer(
    eventId: number,
    inviteId: number,
    answer: { readonly status: InviteStatus; readonly comment: string | null },
    onlyOccurrences: boolean,
  ): Promise<Date> {
    const [{ updatedAt }] = await this.run<{ updatedAt: Date }[]>(
      `WITH answered AS (
         UPDATE guests
            SET status = CASE WHEN $6 THEN status ELSE $4 END,
                occurrences_status = CASE WHEN $6 THEN $4 ELSE occurrences_status END, comment = $5, updated_at = now()
          WHERE tenant_id = $1 AND event_id = $2 AND invite_id = $3
         RETURNING updated_at)
       SELECT updated_at AS "updatedAt" FROM answered`,
      [eventId, inviteId, answer.status, answer.comment, onlyOccurrences],
    );
    if (onlyOccurrences) {
      await this.run(
        `UPDATE guest_answers SET status = $4
          WHERE tenant_id = $1 AND event_id = $2 AND invite_id = $3 AND NOT removed`,
        [eventId, inviteId, answer.status],
      );
    }
    return updatedAt;
  }

  /** Sets the answer of a guest to one occurrence. */
  async answerAt(eventId: number, answer: GuestAnswerRecord): Promise<void> {
    await this.run(
      `INSERT INTO guest_answers (tenant_id, event_id, invite_id, original_start, status, comment)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (tenant_id, event_id, invite_id, original_start)
         DO UPDATE SET status = excluded.status, comment = excluded.comment, removed = false`,
      [eventId, answer.inviteId, answer.originalStart, answer.status, answer.comment],
    );
  }

  private async run<Rows>(sql: string, values: readonly unknown[]): Promise<Rows> {
    return this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
