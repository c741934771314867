import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { ALL_ACCESS, type CalendarAccess, NO_ACCESS } from '../model/grants/calendar-access.js';
import type { HiddenCalendars } from '../model/grants/hidden-calendars.js';
import { CalendarAccessRepository } from '../store/grants/calendar-access.repository.js';
import { KeptAccess } from './known/kept-access.js';
import type { TenantChanges } from './known/tenant-changes.js';

/** Finds the access of the current actor to a calendar; null: to no calendar. */
export type AccessTo = (calendarId: number | null) => CalendarAccess;

/** Decides what the current actor may do with calendars. */
@Injectable()
export class CalendarAccessService {
  constructor(
    private readonly access: CalendarAccessRepository,
    private readonly kept: KeptAccess,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The access of the current actor to these calendars, in at most one query.
   * @param changes of which the request has noted a look-up of its own: kept access is current; null: there was none
   */
  async to(calendarIds: readonly (number | null)[], changes: TenantChanges | null = null): Promise<AccessTo> {
    const actor = this.currentActor.get();
    if (actor.kind === 'key') return () => ALL_ACCESS;
    const ids = [...new Set(calendarIds.filter((id) => id !== null))];
    const read = async (some: readonly number[]): Promise<ReadonlyMap<number, CalendarAccess>> => {
      const found = some.length === 0 ? [] : await this.access.ofCalendars(actor, some);
      return new Map(found.map(({ id, role, seesPrivate }) => [id, { role, seesPrivate }]));
    };
    const byId = changes ? await this.kept.decide(changes, actor, 'to', ids, read) : await read(ids);
    return (id) => (id === null ? undefined : byId.get(id)) ?? NO_ACCESS;
  }

  /**
   * The calendars that are hidden from the current actor, by those of the users who have one, in at most one query. Only
   * calendars that count as busy are among them.
   * @param changes as of `to`
   */
  async hiddenOf(
    userIds: readonly number[],
    changes: TenantChanges | null = null,
  ): Promise<ReadonlyMap<number, HiddenCalendars>> {
    const actor = this.currentActor.get();
    if (actor.kind === 'key') return new Map();
    const others = [...new Set(userIds)].filter((id) => actor.kind !== 'user' || id !== actor.userId);
    const read = async (some: readonly number[]): Promise<ReadonlyMap<number, HiddenCalendars>> => {
      const hidden = some.length === 0 ? [] : await this.access.hiddenOf(actor, some);
      return new Map(hidden.map((calendars) => [calendars.userId, calendars]));
    };
    if (!changes) return read(others);
    const decided = await this.kept.decide(changes, actor, 'hidden', others, read);
    return new Map([...decided].flatMap(([id, calendars]) => (calendars === null ? [] : [[id, calendars]])));
  }
}
