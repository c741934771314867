import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { ALL_ACCESS, type CalendarAccess, NO_ACCESS } from '../model/grants/calendar-access.js';
import type { HiddenCalendars } from '../model/grants/hidden-calendars.js';
import { CalendarAccessRepository } from '../store/grants/calendar-access.repository.js';

/** Finds the access of the current actor to a calendar; null: to no calendar. */
export type AccessTo = (calendarId: number | null) => CalendarAccess;

/** Decides what the current actor may do with calendars. */
@Injectable()
export class CalendarAccessService {
  constructor(
    private readonly access: CalendarAccessRepository,
    private readonly currentActor: CurrentActor,
  ) {}

  /** The access of the current actor to these calendars, in at most one query. */
  async to(calendarIds: readonly (number | null)[]): Promise<AccessTo> {
    const actor = this.currentActor.get();
    if (actor.kind === 'key') return () => ALL_ACCESS;
    const ids = [...new Set(calendarIds.filter((id) => id !== null))];
    const found = ids.length === 0 ? [] : await this.access.ofCalendars(actor, ids);
    const byId = new Map(found.map(({ id, role, seesPrivate }) => [id, { role, seesPrivate }]));
    return (id) => (id === null ? undefined : byId.get(id)) ?? NO_ACCESS;
  }

  /**
   * The calendars that are hidden from the current actor, by those of the users who have one, in at most one query. Only
   * calendars that count as busy are among them.
   */
  async hiddenOf(userIds: readonly number[]): Promise<ReadonlyMap<number, HiddenCalendars>> {
    const actor = this.currentActor.get();
    if (actor.kind === 'key') return new Map();
    const others = [...new Set(userIds)].filter((id) => actor.kind !== 'user' || id !== actor.userId);
    const hidden = others.length === 0 ? [] : await this.access.hiddenOf(actor, others);
    return new Map(hidden.map((calendars) => [calendars.userId, calendars]));
  }
}
