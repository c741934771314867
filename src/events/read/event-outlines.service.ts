import { Injectable } from '@nestjs/common';
import type { EventOutline } from '../model/event-outline.js';
import { EventOutlinesRepository } from '../store/event-outlines.repository.js';

/** Reads outlines of events for other modules. Checks no access, since attendees may see their events. */
@Injectable()
export class EventOutlinesService {
  constructor(private readonly outlines: EventOutlinesRepository) {}

  /**
   * The events, in no order; an event that does not exist is left out.
   * @param userIds the attendees that the outlines contain
   */
  async withIds(eventIds: readonly number[], userIds: readonly number[]): Promise<EventOutline[]> {
    if (eventIds.length === 0) return [];
    return this.outlines.withIds(eventIds, userIds);
  }

  /** The ids of the user's events that have not ended at an instant. */
  async idsAttendedFrom(userId: number, instant: Date): Promise<number[]> {
    return this.outlines.idsAttendedFrom(userId, instant);
  }

  /** Prevents the removal of the user from those of the events that the user attends, until the transaction ends. */
  async lockAttendance(eventIds: readonly number[], userId: number): Promise<void> {
    await this.outlines.lockAttendance(eventIds, userId);
  }
}
