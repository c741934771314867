import { Injectable } from '@nestjs/common';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import type { Conflict } from './conflicts/conflict.js';

/** The part of the time of users that an actor sees. */
export interface SharedTime {
  /** The users whose time is not hidden as a whole. */
  readonly userIds: ReadonlySet<number>;
  readonly hiddenCalendarIds: readonly number[];
}

/** Decides which conflicts the current actor sees: those that free/busy would reveal. */
@Injectable()
export class SharedConflicts {
  constructor(
    private readonly directory: DirectoryService,
    private readonly access: CalendarAccessService,
  ) {}

  /**
   * Those of the conflicts that free/busy would reveal to the current actor.
   * @param conflictsOf the same conflicts, of some users and without some calendars
   */
  async of(
    conflicts: readonly Conflict[],
    conflictsOf: (
      userIds: ReadonlySet<number>,
      exceptCalendarIds: readonly number[],
    ) => Promise<readonly Conflict[]>,
  ): Promise<readonly Conflict[]> {
    const { userIds, hiddenCalendarIds } = await this.timeOf(conflicts.map(({ userId }) => userId));
    if (hiddenCalendarIds.length === 0) return conflicts.filter(({ userId }) => userIds.has(userId));
    // An interval may be hidden in part.
    return conflictsOf(userIds, hiddenCalendarIds);
  }

  /** Those of the users whose free/busy the current actor sees, and the calendars that it leaves out. */
  async timeOf(userIds: readonly number[]): Promise<SharedTime> {
    const visible = await this.directory.timesVisible(userIds);
    const hidden = await this.access.hiddenOf([...visible]);
    return {
      userIds: new Set([...visible].filter((id) => !hidden.get(id)?.all)),
      hiddenCalendarIds: [...hidden.values()].flatMap(({ calendarIds }) => calendarIds),
    };
  }
}
