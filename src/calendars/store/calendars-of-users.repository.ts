import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Repository } from 'typeorm';
import { violates } from '../../database/connection/unique-violation.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { type PreparedStatement, UnitOfWork } from '../../database/unit-of-work.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import { externalIdTaken } from '../../platform/values/external-id.js';
import { toStoredReminder } from '../../users/model/stored/stored-settings.js';
import { MAX_CALENDAR_POSITION } from '../model/calendar-limits.js';
import type { CalendarRecord } from '../model/calendar-record.js';
import { Calendar } from './calendar.entity.js';
import { type CalendarListQuery, isListed } from './calendar-list-query.js';

/** The name of a primary calendar, until its user renames it. The migration has the same name. */
const PRIMARY_NAME = 'Calendar';

/** Gives the tenant its grant on a new calendar of `added`, before the trigger for the version before does. */
const ADD_GRANT = `
  INSERT INTO calendar_grants (tenant_id, calendar_id, role) SELECT tenant_id, id, $4 FROM added
  RETURNING calendar_id AS id`;

/** Columns to write. Absent columns keep their value, or get the table's default. */
export type CalendarColumns = Partial<
  Omit<CalendarRecord, 'id' | 'userId' | 'isPrimary' | 'createdAt' | 'updatedAt'>
>;

/** Runs for each booking, so it is prepared. */
const NOT_BUSY: PreparedStatement = {
  name: 'calendars_not_busy',
  text: 'SELECT id FROM calendars WHERE tenant_id = $1 AND user_id = ANY ($2) AND NOT counts_as_busy',
};

/** Runs for each change of an event, so it is prepared. */
const READ_ONLY: PreparedStatement = {
  name: 'calendars_read_only',
  text: 'SELECT id FROM calendars WHERE tenant_id = $1 AND id = ANY ($2) AND read_only',
};

/** Reads and writes the calendars of users. No query but those of deletions finds a deleted calendar. */
@Injectable()
export class CalendarsOfUsersRepository {
  constructor(
    @InjectRepository(Calendar) private readonly calendars: Repository<Calendar>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
    private readonly configuration: Configuration,
  ) {}

  /** The calendar, unless it or its user is deleted. */
  async withId(id: number): Promise<CalendarRecord | null> {
    const user = { deletedAt: IsNull() };
    return this.repository.findOneBy({ tenantId: this.tenant.id, id, deletedAt: IsNull(), user });
  }

  /** Those of the calendars that exist. */
  async withIds(ids: readonly number[]): Promise<CalendarRecord[]> {
    if (ids.length === 0) return [];
    return this.repository.findBy({ tenantId: this.tenant.id, id: In([...ids]), deletedAt: IsNull() });
  }

  /** The same; none of the calendars is changed or deleted before the end of the transaction. */
  async keepWithIds(ids: readonly number[]): Promise<CalendarRecord[]> {
    if (ids.length === 0) return [];
    return this.repository.find({
      where: { tenantId: this.tenant.id, id: In([...ids]), deletedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_read' },
    });
  }

  /** Locks the calendar until the transaction ends. Inserts of rows that refer to the calendar do not wait. */
  async locked(id: number): Promise<CalendarRecord | null> {
    return this.repository.findOne({
      where: { tenantId: this.tenant.id, id, deletedAt: IsNull() },
      lock: { mode: 'for_no_key_update' },
    });
  }

  async primaryOf(userId: number): Promise<CalendarRecord | null> {
    return this.repository.findOneBy({ tenantId: this.tenant.id, userId, isPrimary: true });
  }

  /** The primary calendars of users, in no order. */
  async primariesOf(userIds: readonly number[]): Promise<CalendarRecord[]> {
    if (userIds.length === 0) return [];
    return this.repository.findBy({ tenantId: this.tenant.id, userId: In([...userIds]), isPrimary: true });
  }

  async page({ of, after, limit }: CalendarListQuery): Promise<Page<CalendarRecord>> {
    const [condition, parameters] = isListed(of);
    const found = await this.repository
      .createQueryBuilder('c')
      .where('c.tenant_id = :tenantId AND c.deleted_at IS NULL', { tenantId: this.tenant.id })
      .andWhere(condition, parameters)
      .andWhere(after === null ? 'TRUE' : '(c.user_id, c.position, c.id) > (:...after)', { after })
      .andWhere(
        'EXISTS (SELECT FROM users u WHERE u.tenant_id = c.tenant_id AND u.id = c.user_id AND u.deleted_at IS NULL)',
      )
      .orderBy({ 'c.user_id': 'ASC', 'c.position': 'ASC', 'c.id': 'ASC' })
      .limit(limit + 1)
      .getMany();
    return pageOf(found, limit, (calendar) => [calendar.userId, calendar.position, calendar.id]);
  }

  /** Those of the users' calendars that do not count as busy. */
  async notBusyOf(userIds: readonly number[]): Promise<number[]> {
    const rows = await this.unitOfWork.prepared<{ id: number }>(NOT_BUSY, [this.tenant.id, userIds]);
    return rows.map(({ id }) => id);
  }

  /** Those of the calendars that are read-only. */
  async readOnlyAmong(ids: readonly number[]): Promise<number[]> {
    const rows = await this.unitOfWork.prepared<{ id: number }>(READ_ONLY, [this.tenant.id, ids]);
    return rows.map(({ id }) => id);
  }

  async countOf(userId: number): Promise<number> {
    return this.repository.countBy({ tenantId: this.tenant.id, userId, deletedAt: IsNull() });
  }

  /** Adds the primary calendar of a new user, unless the user has one. */
  async addPrimary(userId: number): Promise<void> {
    await this.repository.query(
      `WITH added AS (
         INSERT INTO calendars (tenant_id, user_id, name, is_primary) VALUES ($1, $2, $3, true)
         ON CONFLICT (tenant_id, user_id) WHERE is_primary DO NOTHING
         RETURNING tenant_id, id)
       ${ADD_GRANT}`,
      [this.tenant.id, userId, PRIMARY_NAME, this.configuration.defaultCalendarRole],
    );
  }

  /** Adds a calendar as the last one of its user. @returns its id @throws {DomainError} conflict `external_id_taken` */
  async add(
    userId: number,
    { name, ...columns }: CalendarColumns & { readonly name: string },
  ): Promise<number> {
    const [{ id }]: { id: number }[] = await this.repository.query(
      `WITH added AS (
         INSERT INTO calendars (tenant_id, user_id, name, position)
         SELECT $1, $2, $3, least(coalesce(max(position) + 1, 0), $5) FROM calendars
          WHERE tenant_id = $1 AND user_id = $2 AND deleted_at IS NULL
         RETURNING tenant_id, id)
       ${ADD_GRANT}`,
      [this.tenant.id, userId, name, this.configuration.defaultCalendarRole, MAX_CALENDAR_POSITION],
    );
    await this.change(id, columns);
    return id;
  }

  /** @throws {DomainError} conflict `external_id_taken` */
  async change(id: number, columns: CalendarColumns): Promise<void> {
    const { defaultReminders, metadata } = columns;
    const values = {
      name: columns.name,
      color: columns.color,
      time_zone: columns.timeZone,
      counts_as_busy: columns.countsAsBusy,
      position: columns.position,
      read_only: columns.readOnly,
      external_id: columns.externalId,
      default_reminders: defaultReminders && JSON.stringify(defaultReminders.map(toStoredReminder)),
      metadata: metadata && JSON.stringify(metadata),
    };
    const named = Object.entries(values).filter(([, value]) => value !== undefined);
    if (named.length === 0) return;
    const columnsSet = named.map(([column], index) => `${column} = $${index + 3}`);
    try {
      await this.repository.query(
        `UPDATE calendars SET ${columnsSet.join(', ')}, updated_at = now() WHERE tenant_id = $1 AND id = $2`,
        [this.tenant.id, id, ...named.map(([, value]) => value)],
      );
    } catch (error) {
      if (violates(error, 'calendars_external_id_key')) throw externalIdTaken('calendar');
      throw error;
    }
  }

  /** Makes the reminders of the user hold in all calendars of the user. */
  async removeRemindersOf(userId: number): Promise<void> {
    await this.repository.query(
      `UPDATE calendars SET default_reminders = NULL, updated_at = now()
        WHERE tenant_id = $1 AND user_id = $2 AND default_reminders IS NOT NULL`,
      [this.tenant.id, userId],
    );
  }

  /** Erases all that the user, or a product, has written into the calendars of the user. */
  async erase(userId: number): Promise<void> {
    await this.repository.query(
      `UPDATE calendars SET name = $3, color = NULL, time_zone = NULL, default_reminders = NULL, external_id = NULL,
              metadata = '{}', updated_at = now()
        WHERE tenant_id = $1 AND user_id = $2`,
      [this.tenant.id, userId, PRIMARY_NAME],
    );
  }

  private get repository(): Repository<Calendar> {
    return this.unitOfWork.repository(this.calendars);
  }
}
