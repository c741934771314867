import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Repository } from 'typeorm';
import { violates } from '../../database/connection/unique-violation.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import { externalIdTaken } from '../../platform/values/external-id.js';
import type { Metadata } from '../../platform/values/metadata.js';
import type { OwnerOfHours } from '../model/calendar-owner.js';
import { fromStoredWorkingHours, type StoredWorkingHours } from '../model/stored/stored-settings.js';
import type { UserRecord } from '../model/user-record.js';
import { User } from './user.entity.js';

/** Columns to write. Absent columns keep their value, or get the table's default. */
export interface UserColumns
  extends Partial<
    Omit<UserRecord, 'tenantId' | 'id' | 'normalisedEmail' | 'generation' | 'createdAt' | 'updatedAt'>
  > {
  readonly passwordHash?: string;
}

/** A user whose row a booking has locked. */
export interface LockedUser extends OwnerOfHours, Pick<UserRecord, 'id' | 'kind' | 'doubleBooking'> {}

type LockedUserRow = Omit<LockedUser, 'workingHours'> & {
  readonly workingHours: readonly StoredWorkingHours[] | null;
};

/** The service needs the hours of rooms alone. */
const LOCKED_USER = `id, kind, double_booking AS "doubleBooking", time_zone AS "timeZone",
             CASE WHEN kind <> 'person' THEN working_hours END AS "workingHours",
             CASE WHEN kind <> 'person' THEN availability_overrides ELSE '[]' END AS "availabilityOverrides"`;

function lockedUserOf({ workingHours, ...user }: LockedUserRow): LockedUser {
  return { ...user, workingHours: workingHours?.map(fromStoredWorkingHours) ?? null };
}

@Injectable()
export class UsersRepository {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async withId(id: number): Promise<UserRecord | null> {
    return this.repository.findOneBy({ tenantId: this.tenant.id, id, deletedAt: IsNull() });
  }

  /** Within a transaction, none of these users is deleted before its end. */
  async withIds(ids: readonly number[]): Promise<UserRecord[]> {
    return this.repository.find({
      where: { tenantId: this.tenant.id, id: In([...ids]), deletedAt: IsNull() },
      // In the order in which bookings lock them.
      ...(this.unitOfWork.running && { order: { id: 'ASC' }, lock: { mode: 'for_key_share' } }),
    });
  }

  async withEmail(email: string): Promise<UserRecord | null> {
    const normalised = normalisedEmail(email);
    return normalised === null
      ? null
      : this.repository.findOneBy({ tenantId: this.tenant.id, normalisedEmail: normalised });
  }

  /** The users with these normalised addresses. None of them is deleted before the end of the transaction. */
  async withAddresses(
    addresses: readonly string[],
  ): Promise<(Pick<UserRecord, 'id' | 'emailVerifiedAt'> & { readonly normalisedEmail: string })[]> {
    return this.repository.query(
      `SELECT id, normalised_email AS "normalisedEmail", email_verified_at AS "emailVerifiedAt" FROM users
        WHERE tenant_id = $1 AND normalised_email = ANY ($2) AND deleted_at IS NULL ORDER BY id FOR KEY SHARE`,
      [this.tenant.id, addresses],
    );
  }

  /** The user with this external id: a person, a room or a piece of equipment. */
  async withExternalId(externalId: string): Promise<UserRecord | null> {
    return this.repository.findOneBy({ tenantId: this.tenant.id, externalId });
  }

  /**
   * Locks the rows in the order of their ids, so that two transactions that lock several rows never wait for each other.
   * Inserts of rows that refer to the user do not wait for this lock.
   */
  async lockInOrder(ids: readonly number[]): Promise<LockedUser[]> {
    const rows: LockedUserRow[] = await this.repository.query(
      `SELECT ${LOCKED_USER} FROM users WHERE tenant_id = $1 AND id = ANY ($2)
          AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE`,
      [this.tenant.id, ids],
    );
    return rows.map(lockedUserOf);
  }

  /** Locks those of the users who allow no double booking, in the same order. */
  async lockRejecting(ids: readonly number[]): Promise<LockedUser[]> {
    const rows: LockedUserRow[] = await this.repository.query(
      `SELECT ${LOCKED_USER} FROM users WHERE tenant_id = $1 AND id = ANY ($2) AND double_booking = 'reject'
          AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE`,
      [this.tenant.id, ids],
    );
    return rows.map(lockedUserOf);
  }

  /** Those of the users that are rooms. */
  async roomsAmong(ids: readonly number[]): Promise<number[]> {
    if (ids.length === 0) return [];
    const rows: { id: number }[] = await this.repository.query(
      `SELECT id FROM users WHERE tenant_id = $1 AND id = ANY ($2) AND kind <> 'person' AND deleted_at IS NULL`,
      [this.tenant.id, ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Locks the user and reads the columns that decide who may act for the user. Null if the user does not exist. */
  async locked(id: number): Promise<Pick<UserRecord, 'id' | 'protected' | 'generation'> | null> {
    const rows: Pick<UserRecord, 'id' | 'protected' | 'generation'>[] = await this.repository.query(
      `SELECT id, protected, generation FROM users
        WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE`,
      [this.tenant.id, id],
    );
    return rows[0] ?? null;
  }

  /** Users of all tenants whose address the previous version wrote, with a domain that SQL could not convert to ASCII. */
  async withUnicodeDomain(limit: number): Promise<Pick<UserRecord, 'tenantId' | 'id' | 'email'>[]> {
    return this.repository.query(
      `SELECT tenant_id AS "tenantId", id, email FROM users -- all tenants
        WHERE char_length(substring(normalised_email FROM '[^@]*$'))
           <> octet_length(substring(normalised_email FROM '[^@]*$'))
        ORDER BY id LIMIT $1`,
      [limit],
    );
  }

  /**
   * Normalises such an address, unless the user has changed it since. If another user of the tenant has the normalised
   * address, that user keeps it, and this user has none.
   */
  async convertDomain(id: number, email: string): Promise<void> {
    const convert = async (normalised: string | null) =>
      this.repository.query(
        'UPDATE users SET normalised_email = $4 WHERE tenant_id = $1 AND id = $2 AND email = $3',
        [this.tenant.id, id, email, normalised],
      );
    try {
      await convert(normalisedEmail(email));
    } catch (error) {
      if (!violates(error, 'users_email_key')) throw error;
      await convert(null);
    }
  }

  /**
   * Inserts a user, or with an `id` updates the user.
   * @returns null if the address belongs to another user @throws {DomainError} conflict `external_id_taken`
   */
  async save(user: UserColumns & { readonly id?: number }): Promise<UserRecord | null> {
    try {
      return await this.unitOfWork.run(async () => this.write(user));
    } catch (error) {
      if (violates(error, 'users_email_key')) return null;
      if (violates(error, 'users_external_id_key')) throw externalIdTaken('user');
      throw error;
    }
  }

  private async write({
    metadata,
    ...user
  }: UserColumns & { readonly id?: number }): Promise<UserRecord | null> {
    const { id } = await this.repository.save(
      this.repository.create({ ...withNormalisedEmail(user), tenantId: this.tenant.id }),
    );
    if (user.email !== undefined) await this.keepAddress(id, user.email, user.emailVerifiedAt ?? null);
    if (metadata !== undefined) await this.setMetadata(id, metadata);
    return this.withId(id);
  }

  /** Without `save`: TypeORM fails at a key `hasOwnProperty`, and drops a key `__proto__`, of an object that it compares. */
  private async setMetadata(id: number, metadata: Metadata): Promise<void> {
    await this.repository.query(
      `UPDATE users SET metadata = $3, updated_at = CURRENT_TIMESTAMP
        WHERE tenant_id = $1 AND id = $2 AND metadata IS DISTINCT FROM $3::jsonb`,
      [this.tenant.id, id, JSON.stringify(metadata)],
    );
  }

  /**
   * Corrects the work of the table's trigger, which serves the previous version: to the trigger, another spelling of an
   * international domain is a new address.
   */
  private async keepAddress(id: number, email: string, verifiedAt: Date | null): Promise<void> {
    await this.repository.query(
      `UPDATE users SET normalised_email = $3, email_verified_at = $4
        WHERE tenant_id = $1 AND id = $2
          AND (normalised_email, email_verified_at) IS DISTINCT FROM ($3, $4)`,
      [this.tenant.id, id, normalisedEmail(email), verifiedAt],
    );
  }

  private get repository(): Repository<User> {
    return this.unitOfWork.repository(this.users);
  }
}

function withNormalisedEmail<T extends UserColumns>(user: T): T & { normalisedEmail?: string | null } {
  return user.email === undefined ? user : { ...user, normalisedEmail: normalisedEmail(user.email) };
}
