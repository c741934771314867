import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { Configuration } from '../../../platform/configuration/configuration.js';
import { type Page, pageOf } from '../../../platform/page/page.js';
import { CALENDAR_ROLES } from '../../model/grants/calendar-role.js';
import type { GrantPatch, NewGrant } from '../../model/grants/grant-commands.js';
import type { GrantRecord } from '../../model/grants/grant-record.js';
import { CalendarGrant } from './calendar-grant.entity.js';

/** Asks for one page of the grants on a calendar, by id. */
export interface GrantListQuery {
  /** The tenant's grant, and the one of this user; null: those of everybody. */
  readonly granteeId: number | null;
  /** The id of the grant before the page; null: the first page. */
  readonly after: readonly number[] | null;
  readonly limit: number;
}

/** Reads and writes the grants on calendars. */
@Injectable()
export class CalendarGrantsRepository {
  constructor(
    @InjectRepository(CalendarGrant) private readonly grants: Repository<CalendarGrant>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
    private readonly configuration: Configuration,
  ) {}

  async page(calendarId: number, { granteeId, after, limit }: GrantListQuery): Promise<Page<GrantRecord>> {
    const found = await this.repository
      .createQueryBuilder('g')
      .where('g.tenant_id = :tenantId AND g.calendar_id = :calendarId', {
        tenantId: this.tenant.id,
        calendarId,
      })
      .andWhere(granteeId === null ? 'TRUE' : '(g.user_id IS NULL OR g.user_id = :granteeId)', { granteeId })
      .andWhere(after === null ? 'TRUE' : 'g.id > :after', { after: after?.[0] })
      .orderBy('g.id')
      .limit(limit + 1)
      .getMany();
    return pageOf(found, limit, ({ id }) => [id]);
  }

  /**
   * The grants on a user's calendars, by id; none on a deleted calendar, or one of a deleted user.
   * @param withThoseTo also those to the user, except with the role `none`
   */
  async concerning(
    userId: number,
    {
      withThoseTo,
      after,
      limit,
    }: { readonly withThoseTo: boolean; readonly after: number; readonly limit: number },
  ): Promise<GrantRecord[]> {
    const ids = `SELECT on_own.id FROM calendars own
         JOIN calendar_grants on_own ON on_own.tenant_id = own.tenant_id AND on_own.calendar_id = own.id
        WHERE own.tenant_id = :tenantId AND own.user_id = :userId
       UNION
       SELECT to_user.id FROM calendar_grants to_user
        WHERE :withThoseTo AND to_user.tenant_id = :tenantId AND to_user.user_id = :userId AND to_user.role <> 'none'`;
    return this.repository
      .createQueryBuilder('g')
      .innerJoin('g.calendar', 'calendar', 'calendar.deletedAt IS NULL')
      .innerJoin('calendar.user', 'owner', 'owner.deletedAt IS NULL')
      .where(`g.tenant_id = :tenantId AND g.id > :after AND g.id IN (${ids})`, {
        tenantId: this.tenant.id,
        userId,
        withThoseTo,
        after,
      })
      .orderBy('g.id')
      .limit(limit)
      .getMany();
  }

  async withId(id: number): Promise<GrantRecord | null> {
    return this.repository.findOneBy({ tenantId: this.tenant.id, id });
  }

  async ofTenant(calendarId: number): Promise<GrantRecord | null> {
    return this.repository.findOneBy({ tenantId: this.tenant.id, calendarId, userId: IsNull() });
  }

  async countOf(calendarId: number): Promise<number> {
    return this.repository.countBy({ tenantId: this.tenant.id, calendarId });
  }

  /** @returns the id of the grant; null: the grantee has one already */
  async add(calendarId: number, { userId, role, seesPrivate }: NewGrant): Promise<number | null> {
    const added: { id: number }[] = await this.repository.query(
      `INSERT INTO calendar_grants (tenant_id, calendar_id, user_id, role, sees_private)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING id`,
      [this.tenant.id, calendarId, userId, role, seesPrivate],
    );
    return added.at(0)?.id ?? null;
  }

  async change(id: number, patch: GrantPatch): Promise<void> {
    if (Object.keys(patch).length === 0) return;
    await this.repository.update({ tenantId: this.tenant.id, id }, patch);
  }

  async remove(id: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, id });
  }

  /** Removes all grants to a user. */
  async removeThoseTo(userId: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, userId });
  }

  /**
   * Ends what callers without a token may have granted on the calendars of a user: all grants to users but those that
   * forbid, and what the tenant may do beyond the role of a new calendar.
   */
  async removeThoseOf(userId: number): Promise<void> {
    await this.repository.query(
      `DELETE FROM calendar_grants WHERE tenant_id = $1 AND user_id IS NOT NULL AND role <> 'none'
          AND calendar_id IN (SELECT id FROM calendars WHERE tenant_id = $1 AND user_id = $2)`,
      [this.tenant.id, userId],
    );
    await this.repository.query(
      `UPDATE calendar_grants
          SET role = ($4::text[])[least(array_position($4, role), array_position($4, $3))], sees_private = false,
              updated_at = now()
        WHERE tenant_id = $1 AND user_id IS NULL
          AND calendar_id IN (SELECT id FROM calendars WHERE tenant_id = $1 AND user_id = $2)`,
      [this.tenant.id, userId, this.configuration.defaultCalendarRole, CALENDAR_ROLES],
    );
  }

  /** Makes writers and owners of the calendars of a user readers, since nobody writes in the name of a deleted user. */
  async endWritingFor(userId: number): Promise<void> {
    await this.repository.query(
      `UPDATE calendar_grants SET role = 'reader', updated_at = now()
        WHERE tenant_id = $1 AND role IN ('writer', 'owner')
          AND calendar_id IN (SELECT id FROM calendars WHERE tenant_id = $1 AND user_id = $2)`,
      [this.tenant.id, userId],
    );
  }

  private get repository(): Repository<CalendarGrant> {
    return this.unitOfWork.repository(this.grants);
  }
}
