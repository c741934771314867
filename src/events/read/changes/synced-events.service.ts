import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { mayActFor } from '../../../access/decision.js';
import { type CalendarAccess, NO_ACCESS } from '../../../calendars/model/grants/calendar-access.js';
import { includesRole } from '../../../calendars/model/grants/calendar-role.js';
import { CalendarAccessService } from '../../../calendars/read/calendar-access.service.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { UsersService } from '../../../users/read/users.service.js';
import {
  type EventHistory,
  type HistoricEntry,
  type ListOfEntries,
  wasInList,
} from '../../model/changes/entry-history.js';
import {
  type EndedGrant,
  IncrementalListsRepository,
  type IncrementalRows,
} from '../../store/changes/incremental-lists.repository.js';
import { EventViewsService } from '../event-views.service.js';
import type { SyncedEvent } from './incremental-list.js';
import { overriddenOccurrences } from './overridden-occurrences.js';

/** Decides which events of a page the current actor gets, and in which form. */
@Injectable()
export class SyncedEventsService {
  constructor(
    private readonly lists: IncrementalListsRepository,
    private readonly views: EventViewsService,
    private readonly access: CalendarAccessService,
    private readonly occurrences: OccurrencesService,
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
  ) {}

  /** The events that the actor sees in full, and the ids of those that the actor saw in full since the position, by id. */
  async of(
    { events, histories }: IncrementalRows,
    list: ListOfEntries,
    since: string | null,
  ): Promise<SyncedEvent[]> {
    const views = await this.views.viewsThrough(events, list.userId);
    const shown = views.flatMap((view, index): [number, SyncedEvent][] =>
      view?.details
        ? [
            [
              events[index].id,
              { removed: false, view, occurrences: overriddenOccurrences(events[index], this.occurrences) },
            ],
          ]
        : [],
    );
    const found = new Map(shown);
    const others = histories.filter(({ id }) => !found.has(id));
    for (const id of await this.lostOf(others, list, since)) found.set(id, { removed: true, id });
    return [...found].toSorted(([a], [b]) => a - b).map(([, event]) => event);
  }

  private async lostOf(
    histories: readonly EventHistory[],
    list: ListOfEntries,
    since: string | null,
  ): Promise<number[]> {
    if (histories.length === 0 || since === null) return [];
    const actor = this.currentActor.get();
    const viewerId = actor.kind === 'user' ? actor.userId : null;
    const accessTo = await this.access.to(histories.flatMap(entriesOf).map(({ calendarId }) => calendarId));
    // After the present access: a calendar may be deleted in between.
    const ended = await this.endedAccess(histories, await this.lists.endedGrants(viewerId, since));
    const viewer = {
      userId: viewerId,
      accessTo: (id: number | null) => {
        const present = accessTo(id);
        return present.role === 'none' ? (ended.get(id) ?? present) : present;
      },
    };
    return histories.filter((history) => wasInList(history, list, viewer)).map(({ id }) => id);
  }

  /**
   * The access of the actor to deleted calendars. A grant of the actor's own comes before that of the tenant. Without a
   * token, the actor owned those of users for whom it may act: the token ends when such a user becomes protected.
   */
  private async endedAccess(
    histories: readonly EventHistory[],
    grants: readonly EndedGrant[],
  ): Promise<ReadonlyMap<number | null, CalendarAccess>> {
    const actor = this.currentActor.get();
    const ofTenantFirst = grants.toSorted((a, b) => Number(a.userId !== null) - Number(b.userId !== null));
    if (actor.kind !== 'anonymous')
      return new Map(ofTenantFirst.map((grant) => [grant.calendarId, accessBy(grant)]));
    const ended = new Map<number | null, CalendarAccess>(
      ofTenantFirst.map(({ calendarId, role }) => [calendarId, asReader(role)]),
    );
    const entries = histories.flatMap(entriesOf).filter(({ calendarId }) => ended.has(calendarId));
    const owners = await this.users.byId([...new Set(entries.map(({ userId }) => userId))]);
    for (const { calendarId, userId } of entries) {
      const owner = owners.get(userId);
      if (owner && mayActFor(actor, owner) === 'allow') ended.set(calendarId, OWNER_WITHOUT_TOKEN);
    }
    return ended;
  }
}

const OWNER_WITHOUT_TOKEN: CalendarAccess = { role: 'owner', seesPrivate: false };

/** The access of a user by a grant. An owner sees private events. */
function accessBy({ role, seesPrivate }: EndedGrant): CalendarAccess {
  return { role, seesPrivate: seesPrivate || role === 'owner' };
}

/** A caller without a token has at most the access of a reader to the calendars of others. */
function asReader(role: CalendarAccess['role']): CalendarAccess {
  return includesRole(role, 'reader') ? { role: 'reader', seesPrivate: false } : { ...NO_ACCESS, role };
}

/** The calendars through which an event was seen, and their owners. */
function entriesOf({ present, changes }: EventHistory): HistoricEntry[] {
  return [...(present?.entries ?? []), ...changes.flatMap(({ entries }) => entries)];
}
