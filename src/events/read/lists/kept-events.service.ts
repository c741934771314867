import { Injectable } from '@nestjs/common';
import { KnownChanges } from '../../../calendars/read/known/known-changes.js';
import type { TenantChanges } from '../../../calendars/read/known/tenant-changes.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { ReadReplica } from '../../../database/read-replica.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { CacheMetrics } from '../../../metrics/cache-metrics.js';
import { Configuration } from '../../../platform/configuration/configuration.js';
import { CACHE_SHARES } from '../../../platform/memory/cache-shares.js';
import type { EventRecord, PartialEventRecord } from '../../model/event-record.js';
import {
  KeptEventsRepository,
  type ListedWindow,
  type LoadedEvents,
  type LookedUp,
} from '../../store/kept/kept-events.repository.js';
import { type CompleteKeptEvent, KeptEvent } from './kept-event.js';
import { KeptStore } from './kept-store.js';
import { KeptWindow, nameOfWindow } from './kept-window.js';

/** Events of one list above which the database answers: a page shows few of them. */
const MAX_LISTED = 2_000;

/** Loads after which a read gives up, since the events change faster than they are read. */
const MAX_LOADS = 3;

/** The events of a list, all as of one snapshot. */
export interface KeptList {
  /** The user, or the user of the calendar; null: the user or the calendar does not exist. */
  readonly ownerId: number | null;
  /** In no order. */
  readonly events: readonly CompleteKeptEvent[];
  /** The changes of the tenant, with the report of a look-up of this request. */
  readonly changes: TenantChanges;
  /** Keeps pages of the list; null: the list has none. */
  readonly window: KeptWindow | null;
}

/** What one read of a list has found so far. */
interface Found {
  readonly listed: LookedUp;
  readonly moment: number;
  /** Events that the read has found, by id. */
  readonly known: ReadonlyMap<number, KeptEvent>;
  /** Those of the snapshot of the last statement. */
  readonly fresh: ReadonlySet<KeptEvent>;
}

/**
 * Keeps events that lists have shown, and which events the lists had. Each list first looks up what has changed in the tenant,
 * so it has each change that was acknowledged before, by any instance.
 */
@Injectable()
export class KeptEvents {
  private readonly store: KeptStore;

  constructor(
    private readonly events: KeptEventsRepository,
    private readonly changes: KnownChanges,
    private readonly replica: ReadReplica,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
    private readonly metrics: CacheMetrics,
    configuration: Configuration,
  ) {
    this.store = new KeptStore(configuration.calendarCacheBytes * CACHE_SHARES.lists);
    metrics.watch('lists', () => this.store.bytes);
  }

  /**
   * Reads a list, in one statement if the process keeps its events.
   * @returns null: the process cannot serve the list. A transaction may have changes of its own. A replica answers lists
   * instead, if there is one.
   */
  async read(list: ListedWindow): Promise<KeptList | null> {
    if (this.store.maxBytes === 0 || this.replica.exists || this.unitOfWork.running) return null;
    const [tenantId, changes] = [this.tenant.id, this.changes.ofTenant];
    const kept = await this.readKept(tenantId, list, changes);
    const found = kept ?? (await this.readListed(tenantId, list, changes));
    this.metrics.count('lists', kept ? 'hit' : found ? 'load' : 'bypass');
    return found;
  }

  /** Those of some events that are kept with all known changes, by id. */
  current(eventIds: readonly number[]): Map<number, PartialEventRecord> {
    const [tenantId, changes] = [this.tenant.id, this.changes.ofTenant];
    const current = new Map<number, PartialEventRecord>();
    for (const id of eventIds) {
      const event = this.store.event(tenantId, id);
      if (event?.record && event.isCurrent(id, changes)) current.set(id, event.record);
    }
    return current;
  }

  /** Keeps a new event. @param moment of which it has all that was known */
  keep(record: EventRecord, moment: number): void {
    if (this.store.maxBytes === 0) return;
    this.store.keepEvent(this.tenant.id, record.id, new KeptEvent(record.version, record, moment));
  }

  /** Reads a list whose events are known; null: they are not, or one of them has changed. */
  private async readKept(
    tenantId: number,
    list: ListedWindow,
    changes: TenantChanges,
  ): Promise<KeptList | null> {
    const name = nameOfWindow(list);
    if (!this.keptList(tenantId, name, changes)) return null;
    await changes.lookUp(async (since) => this.events.lookUpChanges(since));
    return this.keptList(tenantId, name, changes);
  }

  /** The list as it is kept, if no known change concerns it. */
  private keptList(tenantId: number, name: string, changes: TenantChanges): KeptList | null {
    const window = this.store.window(tenantId, name);
    if (!window) return null;
    const { ownerId, eventIds, moment } = window;
    if (!changes.hasSettings(moment, [ownerId]) || !changes.hasEntries(moment, ownerId)) return null;
    const events: CompleteKeptEvent[] = [];
    for (const id of eventIds) {
      const event = this.store.event(tenantId, id);
      // An event that has changed may have left the list.
      if (!event || !isComplete(event) || !changes.hasEvent(moment, id)) return null;
      if (!event.isCurrent(id, changes)) return null;
      events.push(event);
    }
    window.moment = changes.moment;
    return { ownerId, events, changes, window };
  }

  /** Looks up which events the list has, and loads those that are not kept as they are. */
  private async readListed(
    tenantId: number,
    list: ListedWindow,
    changes: TenantChanges,
  ): Promise<KeptList | null> {
    const { rows, moment } = await changes.lookUp(async (since) => this.events.lookUp(list, since));
    let found: Found = { listed: rows, moment, known: new Map(), fresh: new Set() };
    for (let loads = 0; found.listed.listed[0].length <= MAX_LISTED; loads += 1) {
      const current = this.currentOf(tenantId, found, changes);
      if (current.size === found.listed.listed[0].length)
        return this.keepList(tenantId, list, found, current, changes);
      if (loads === MAX_LOADS) return null;
      found = await this.load(tenantId, list, current, changes);
    }
    return null;
  }

  /** Those of the listed events that are known as the list has them, by id. */
  private currentOf(
    tenantId: number,
    { listed, known, fresh }: Found,
    changes: TenantChanges,
  ): Map<number, KeptEvent> {
    const current = new Map<number, KeptEvent>();
    const [ids, versions] = listed.listed;
    for (const [index, id] of ids.entries()) {
      const event = known.get(id) ?? this.store.event(tenantId, id);
      if (event?.version !== versions[index]) continue;
      if (fresh.has(event) || event.isCurrent(id, changes)) current.set(id, event);
    }
    return current;
  }

  /** Reads the list again, with the events that are not current. */
  private async load(
    tenantId: number,
    list: ListedWindow,
    current: ReadonlyMap<number, KeptEvent>,
    changes: TenantChanges,
  ): Promise<Found> {
    const known = {
      ids: [...current.keys()],
      versions: [...current.values()].map(({ version }) => version),
    };
    const { rows, moment } = await changes.lookUp(async (since) => this.events.load(list, since, known));
    const loaded = loadedOf(rows, current, moment);
    for (const [id, event] of loaded) this.store.keepEvent(tenantId, id, event);
    return { listed: rows, moment, known: new Map([...current, ...loaded]), fresh: new Set(loaded.values()) };
  }

  /** @returns null: an event is too large */
  private keepList(
    tenantId: number,
    list: ListedWindow,
    { listed: { ownerId }, moment }: Found,
    current: ReadonlyMap<number, KeptEvent>,
    changes: TenantChanges,
  ): KeptList | null {
    const events = [...current.values()].filter(isComplete);
    if (events.length < current.size) return null;
    if (ownerId === null) return { ownerId, events, changes, window: null };
    const window = new KeptWindow(ownerId, [...current.keys()], moment);
    this.store.keepWindow(tenantId, nameOfWindow(list), window);
    return { ownerId, events, changes, window };
  }
}

/** The events that a statement has read, by id. It leaves out an event that is too large. */
function loadedOf(
  { events, listed: [ids, versions] }: LoadedEvents,
  current: ReadonlyMap<number, KeptEvent>,
  moment: number,
): Map<number, KeptEvent> {
  const loaded = new Map(events.map((record) => [record.id, new KeptEvent(record.version, record, moment)]));
  for (const [index, id] of ids.entries()) {
    if (!loaded.has(id) && current.get(id)?.version !== versions[index])
      loaded.set(id, new KeptEvent(versions[index], null, moment));
  }
  return loaded;
}

function isComplete(event: KeptEvent): event is CompleteKeptEvent {
  return event.record !== null;
}
