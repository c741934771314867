import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import type { CalendarDeletionRecord, EventsAtDeletion } from '../model/calendar-deletion.js';
import { ReadOnlyCalendars } from '../read/read-only-calendars.service.js';
import { CalendarDeletionsRepository } from '../store/calendar-deletions.repository.js';
import { CalendarWriter } from './calendar-writer.service.js';

/** Deletes calendars. The module of the events then ends or moves their events, in steps. */
@Injectable()
export class CalendarDeletionsService {
  constructor(
    private readonly deletions: CalendarDeletionsRepository,
    private readonly writer: CalendarWriter,
    private readonly readOnly: ReadOnlyCalendars,
    private readonly tenant: CurrentTenant,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Deletes a calendar for every caller, on behalf of the current actor.
   * @throws {DomainError} forbidden, `read_only_calendar`; not-found `calendar_not_found`; conflict `primary_calendar`
   * @throws {UnauthenticatedError}
   */
  async begin(id: number, events: EventsAtDeletion): Promise<CalendarDeletionRecord> {
    return this.unitOfWork.run(async () => {
      const { isPrimary, userId, readOnly } = await this.writer.lockWritable(id);
      if (readOnly) await this.readOnly.expectWritable(id);
      if (isPrimary) throw primaryCalendar();
      await this.deletions.mark(id, events);
      return { tenantId: this.tenant.id, id, userId, events };
    });
  }

  /** The deletions of all tenants, some at a time. @param after the deletion before the first one; null: none */
  async due(after: CalendarDeletionRecord | null, limit: number): Promise<CalendarDeletionRecord[]> {
    return this.deletions.due(after, limit);
  }

  /** Locks a deletion until the transaction ends. @returns false if it is done, or another instance has the lock */
  async lock(id: number): Promise<boolean> {
    return this.deletions.lock(id);
  }

  /** Ends a deletion: the calendar has no events. */
  async conclude(id: number): Promise<void> {
    await this.deletions.remove(id);
  }
}

function primaryCalendar(): DomainError {
  const detail = 'The primary calendar of a user cannot be deleted.';
  return new DomainError('conflict', 'primary_calendar', detail);
}
