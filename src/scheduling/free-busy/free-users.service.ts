import { Injectable } from '@nestjs/common';
import { partsOf } from '../../calendar/availability/search/nearest-free-intervals.js';
import { workingTime } from '../../calendar/availability/working-hours.js';
import { encloses, type Interval } from '../../calendar/intervals/interval.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { workingHoursOf } from '../../users/model/user-time.js';
import { CalendarsService } from '../calendars/calendars.service.js';

/** Finds users who are free in a window. */
@Injectable()
export class FreeUsersService {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly access: CalendarAccessService,
  ) {}

  /**
   * Those of the users who are free and at work, or open, throughout the window. Unanswered invitations count as busy. A
   * user all of whose calendars are hidden from the current actor is never free to the actor. Does not check whether the
   * actor sees the users.
   */
  async freeThroughout(userIds: readonly number[], window: Interval): Promise<ReadonlySet<number>> {
    const calendars = await this.calendars.read(userIds, window, 'busy');
    const hidden = await this.access.hiddenOf(userIds, calendars.changes);
    const free = new Set<number>();
    for (const owner of calendars.owners.values())
      if (!hidden.get(owner.id)?.all && isAtWork(owner, window)) free.add(owner.id);
    for (const part of partsOf(window, calendars.partLength)) {
      if (free.size === 0) break;
      for (const [userId, busy] of await calendars.busyIn(part)) if (busy.length > 0) free.delete(userId);
    }
    return free;
  }
}

function isAtWork(owner: CalendarOwner, window: Interval): boolean {
  const hours = workingHoursOf(owner);
  if (hours === null) return true;
  const [first] = workingTime(hours, timeZone(owner.timeZone), window);
  return first !== undefined && encloses(first, window);
}
