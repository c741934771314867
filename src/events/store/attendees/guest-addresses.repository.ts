import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { ATTENDS_OCCURRENCES_ONLY } from './members.js';

/** An arbitrary number. The number and the tenant name an advisory lock of the database. */
const LOCK_OF_ADDRESSES = 1_764_224;

/** A guest who became a user's invite. */
interface ConvertedGuest {
  readonly eventId: number;
}

/** SQL: whether the user attends the event of the guest `g` as `m`, so that the guest ends. */
const STANDS_IN = `m.tenant_id = $1 AND m.event_id = g.event_id AND m.user_id = $3
   AND (g.imported_as IS NULL OR g.imported_as = 'attendee' AND NOT ${ATTENDS_OCCURRENCES_ONLY})`;

/** The users who attend already keep their own invite, and the guest ends. */
const DROP_ATTENDING = `
  DELETE FROM guests g USING attendees m
   WHERE g.tenant_id = $1 AND g.address = $2 AND ${STANDS_IN}
  RETURNING g.event_id AS "eventId"`;

const INVITE_USER = `
  INSERT INTO attendees (tenant_id, span, event_id, user_id, calendar_id, status, occurrences_status, role, comment,
                         invite_id, created_at, updated_at)
  SELECT e.tenant_id, e.span, e.id, $3::integer, c.id, g.status, g.occurrences_status, g.role, g.comment,
         g.invite_id, g.created_at, g.updated_at
    FROM guests g JOIN events e ON e.tenant_id = $1 AND e.id = g.event_id
    LEFT JOIN calendars c ON c.tenant_id = $1 AND c.user_id = $3 AND c.is_primary
   WHERE g.tenant_id = $1 AND g.address = $2 AND g.imported_as IS NULL
  RETURNING event_id AS "eventId"`;

const COPY_ANSWERS = `
  INSERT INTO occurrence_answers (tenant_id, event_id, user_id, original_start, status, removed, comment)
  SELECT x.tenant_id, x.event_id, $3::integer, x.original_start, x.status, x.removed, x.comment
    FROM guest_answers x JOIN guests g ON g.tenant_id = $1 AND g.event_id = x.event_id AND g.invite_id = x.invite_id
   WHERE x.tenant_id = $1 AND g.address = $2 AND g.imported_as IS NULL`;

/** Connects the addresses of guests with users. */
@Injectable()
export class GuestAddressesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Until the transaction ends, no guest becomes a user. Other transactions may invite guests meanwhile. */
  async lockShared(): Promise<void> {
    await this.unitOfWork.manager.query(
      'SELECT pg_catalog.pg_advisory_xact_lock_shared($1::integer, $2::integer)',
      [LOCK_OF_ADDRESSES, this.tenant.id],
    );
  }

  /** Waits for transactions that invite guests. Until this transaction ends, others wait before they invite one. */
  async lock(): Promise<void> {
    await this.unitOfWork.manager.query('SELECT pg_catalog.pg_advisory_xact_lock($1::integer, $2::integer)', [
      LOCK_OF_ADDRESSES,
      this.tenant.id,
    ]);
  }

  /**
   * Locks the events to which a guest with the normalised address is invited, and those that the user attends beside such a
   * guest of a file, in the order of their ids. @returns their number
   */
  async lockEventsOf(address: string, userId: number): Promise<number> {
    const rows = await this.run<unknown[]>(
      `SELECT FROM events WHERE tenant_id = $1
          AND id IN (SELECT g.event_id FROM guests g
                     WHERE g.tenant_id = $1 AND g.address = $2
                       AND (g.imported_as IS NULL OR EXISTS (SELECT FROM attendees m WHERE ${STANDS_IN})))
        ORDER BY id FOR UPDATE`,
      [address, userId],
    );
    return rows.length;
  }

  /**
   * Makes the guests with the normalised address attendees with an account. Invites and answers stay. A guest of a file stays
   * a guest: otherwise the author of the file could fill the calendar of the user. If the user attends already, the guest ends.
   * @returns the changed events
   */
  async convert(address: string, userId: number): Promise<number[]> {
    const [dropped] = await this.run<[ConvertedGuest[], number]>(DROP_ATTENDING, [address, userId]);
    const invited = await this.run<ConvertedGuest[]>(INVITE_USER, [address, userId]);
    await this.run(COPY_ANSWERS, [address, userId]);
    await this.run('DELETE FROM guests WHERE tenant_id = $1 AND address = $2 AND imported_as IS NULL', [
      address,
    ]);
    const ids = [...dropped, ...invited].map(({ eventId }) => eventId).toSorted((a, b) => a - b);
    await this.run(
      'UPDATE events SET version = version + 1, updated_at = now() WHERE tenant_id = $1 AND id = ANY ($2)',
      [ids],
    );
    return ids;
  }

  private async run<Rows>(sql: string, values: readonly unknown[]): Promise<Rows> {
    return this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
