import { Injectable } from '@nestjs/common';
import type { CalendarDeletionRecord } from '../../calendars/model/calendar-deletion.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { CalendarDeletionsService } from '../../calendars/write/calendar-deletions.service.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { CalendarEntriesRepository } from '../store/calendars/calendar-entries.repository.js';
import { ChangeConclusion } from '../write/change-conclusion.js';
import { ChangeResources } from '../write/change-resources.js';
import { deleteEvents } from '../write/delete-event.js';

/**
 * Events of a deleted calendar that one transaction deletes or moves. Other changes of these events wait for it, for a
 * fraction of a second.
 * @public `docs/limits.md` lists it.
 */
export const EVENTS_PER_CALENDAR_STEP = 100;

/**
 * Empties deleted calendars, in steps that each commit. The row of the calendar stays until it has no events, so the next
 * process goes on where one was killed. A step locks the row: two instances never do the same step.
 */
@Injectable()
export class CalendarErasure {
  constructor(
    private readonly deletions: CalendarDeletionsService,
    private readonly calendars: UserCalendarsService,
    private readonly entries: CalendarEntriesRepository,
    private readonly resources: ChangeResources,
    private readonly conclusion: ChangeConclusion,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * Does all work of a deletion of the current tenant, until `stopping` returns true or another instance works on it. The
   * events that the user organizes are deleted, or move to the primary calendar; those that the user attends move.
   */
  async run(deletion: CalendarDeletionRecord, stopping: () => boolean): Promise<void> {
    while (!stopping()) if (!(await this.step(deletion))) return;
  }

  /** @returns whether there may be more to do */
  private async step({ id, userId, events }: CalendarDeletionRecord): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      if (!(await this.deletions.lock(id))) return false;
      const eventIds = await this.entries.someIn(id, EVENTS_PER_CALENDAR_STEP);
      if (eventIds.length === 0) {
        await this.deletions.conclude(id);
        this.feed.calendarDeleted(id);
        return false;
      }
      await this.resources.events.lockAll(eventIds);
      if (events === 'delete') {
        const organized = await this.entries.organizedIn(id, eventIds);
        this.conclusion.announce([await deleteEvents(organized, this.resources)]);
      }
      const primaryId = await this.calendars.primaryOf(userId);
      if (primaryId !== null) this.feed.eventsMoved(await this.entries.move(eventIds, id, primaryId), userId);
      return true;
    });
  }
}
