import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, invalidInput, notFound } from '../../errors/domain-error.js';
import type { Page } from '../../platform/page/page.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { MAX_GRANTS_OF_CALENDAR } from '../model/calendar-limits.js';
import { mayGiveUp, seesGrant } from '../model/grants/grant.policy.js';
import type { GrantPatch, NewGrant } from '../model/grants/grant-commands.js';
import type { GrantRecord } from '../model/grants/grant-record.js';
import { UserCalendarsService } from '../read/user-calendars.service.js';
import { CalendarGrantsRepository, type GrantListQuery } from '../store/grants/calendar-grants.repository.js';
import { CalendarWriter } from './calendar-writer.service.js';

/** Reads and changes the grants on calendars, on behalf of their owners and grantees. */
@Injectable()
export class CalendarGrantsService {
  constructor(
    private readonly grants: CalendarGrantsRepository,
    private readonly calendars: UserCalendarsService,
    private readonly writer: CalendarWriter,
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * A page of the grants on a calendar that the current actor sees, by id.
   * @throws {DomainError} not-found `calendar_not_found`
   */
  async list(calendarId: number, page: Omit<GrantListQuery, 'granteeId'>): Promise<Page<GrantRecord>> {
    const { access } = await this.calendars.getVisible(calendarId);
    const actor = this.currentActor.get();
    const ownId = actor.kind === 'user' ? actor.userId : 0;
    return this.grants.page(calendarId, { ...page, granteeId: access.role === 'owner' ? null : ownId });
  }

  /**
   * The grant, if the current actor sees it.
   * @param calendarId the calendar that the request names; null: it names none
   * @throws {DomainError} not-found `calendar_not_found`, `grant_not_found`
   */
  async get(calendarId: number | null, id: number): Promise<GrantRecord> {
    if (calendarId !== null) await this.calendars.getVisible(calendarId);
    const grant = await this.grants.withId(id);
    if (!grant || (calendarId ?? grant.calendarId) !== grant.calendarId) throw notFound('grant', id);
    const { access } = await this.calendars.getVisible(grant.calendarId);
    if (!seesGrant(this.currentActor.get(), access, grant)) throw notFound('grant', id);
    return grant;
  }

  /**
   * @throws {DomainError} invalid, naming `grantee`, for the user of the calendar; forbidden; not-found
   * `calendar_not_found`, `user_not_found`; conflict `grant_exists`, `too_many_grants` @throws {UnauthenticatedError}
   */
  async create(calendarId: number, command: NewGrant): Promise<GrantRecord> {
    return this.unitOfWork.run(async () => {
      const calendar = await this.writer.lockWritable(calendarId);
      await this.expectGrantee(command.userId, calendar.userId);
      if ((await this.grants.countOf(calendarId)) >= MAX_GRANTS_OF_CALENDAR) throw tooManyGrants();
      const id = await this.grants.add(calendarId, command);
      if (id === null) throw grantExists(command.userId);
      return this.get(calendarId, id);
    });
  }

  /**
   * @throws {DomainError} forbidden; not-found `calendar_not_found`, `grant_not_found` @throws {UnauthenticatedError}
   */
  async update(calendarId: number, id: number, patch: GrantPatch): Promise<GrantRecord> {
    return this.unitOfWork.run(async () => {
      await this.writer.lockWritable(calendarId);
      await this.get(calendarId, id);
      await this.grants.change(id, patch);
      const changed = await this.grants.withId(id);
      if (!changed) throw notFound('grant', id);
      return changed;
    });
  }

  /**
   * Deletes a grant, on behalf of an owner, or of its grantee if the grant of the tenant does not allow more.
   * @throws {DomainError} forbidden; not-found `calendar_not_found`, `grant_not_found` @throws {UnauthenticatedError}
   */
  async delete(calendarId: number, id: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.calendars.getVisible(calendarId);
      await this.writer.lock(calendarId);
      if (!(await this.isGivenUp(calendarId, id))) {
        await this.writer.lockWritable(calendarId);
        await this.get(calendarId, id);
      }
      await this.grants.remove(id);
    });
  }

  /** Whether the current actor deletes a grant of its own, and may do so. The calendar is locked. */
  private async isGivenUp(calendarId: number, id: number): Promise<boolean> {
    const grant = await this.grants.withId(id);
    if (grant?.calendarId !== calendarId) return false;
    return mayGiveUp(this.currentActor.get(), grant, await this.grants.ofTenant(calendarId));
  }

  /** @throws {DomainError} invalid; not-found `user_not_found`, naming `grantee` */
  private async expectGrantee(userId: number | null, ownerId: number): Promise<void> {
    if (userId === null) return;
    if (userId === ownerId)
      throw invalidInput({ field: 'grantee', message: 'is the user of the calendar, who has all access' });
    await this.directory.expectAllVisible({ grantee: [userId] });
    await this.users.getAll([userId], 'grantee');
  }
}

function grantExists(userId: number | null): DomainError {
  const grantee = userId === null ? 'The tenant' : `User ${userId}`;
  return new DomainError('conflict', 'grant_exists', `${grantee} has a grant on this calendar already.`);
}

function tooManyGrants(): DomainError {
  const detail = `A calendar has at most ${MAX_GRANTS_OF_CALENDAR} grants.`;
  return new DomainError('conflict', 'too_many_grants', detail);
}
