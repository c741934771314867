import { Injectable } from '@nestjs/common';
import { KnownSettings } from '../../../calendars/read/settings/known-settings.js';
import type { TenantSettings } from '../../../calendars/read/settings/tenant-settings.js';
import { CurrentTenant, DEFAULT_TENANT_ID } from '../../../database/current-tenant.js';
import { ReadReplica } from '../../../database/read-replica.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { Configuration } from '../../../platform/configuration/configuration.js';
import { RecentlyUsed } from '../../../platform/memory/recently-used.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import {
  KeptEventsRepository,
  type ListedWindow,
  type LoadedEvents,
  type LookedUp,
} from '../../store/kept/kept-events.repository.js';
import { type CompleteKeptEvent, KeptEvent } from './kept-event.js';

/** Events of one list above which the database answers: a page shows few of them. */
const MAX_LISTED = 2_000;

/** Loads after which a read gives up, since the events change faster than they are read. */
const MAX_LOADS = 3;

/** The id of an event of the default tenant; of another one, with the tenant. A number is found faster. */
type KeptKey = number | string;

/** The events of a list, all as of one snapshot. */
export interface KeptList {
  /** Null: the user or the calendar does not exist. */
  readonly ownerId: number | null;
  /** In no order. */
  readonly events: readonly CompleteKeptEvent[];
  /** The settings of the tenant, with the report of a look-up of this request. */
  readonly settings: TenantSettings;
}

/** Events that one read of a list has found so far. */
interface KnownEvents {
  readonly events: ReadonlyMap<number, KeptEvent>;
  /** Those of the snapshot of its last statement. */
  readonly fresh: ReadonlySet<KeptEvent>;
}

/**
 * Keeps events that lists have shown. Each list first looks up the versions of its events and the changes of the settings of
 * users, so it has each change that was acknowledged before, by any instance.
 */
@Injectable()
export class KeptEvents {
  private readonly recent: RecentlyUsed<KeptEvent, KeptKey>;

  constructor(
    private readonly events: KeptEventsRepository,
    private readonly settings: KnownSettings,
    private readonly replica: ReadReplica,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
    configuration: Configuration,
  ) {
    // Busy time has the other half.
    this.recent = new RecentlyUsed(configuration.calendarCacheBytes / 2);
  }

  /**
   * Reads a list, in one statement if the process keeps its events.
   * @returns null: the process cannot serve the list. A transaction may have changes of its own. A replica answers lists
   * instead, if there is one.
   */
  async read(list: ListedWindow): Promise<KeptList | null> {
    if (this.recent.maxBytes === 0 || this.replica.exists || this.unitOfWork.running) return null;
    const settings = this.settings.ofTenant;
    const since = settings.snapshot;
    let found: LookedUp = await this.events.lookUp(list, since);
    settings.note(since, found);
    let known: KnownEvents = { events: new Map(), fresh: new Set() };
    for (let loads = 0; found.listed[0].length <= MAX_LISTED; loads += 1) {
      const current = this.currentOf(found, settings, known);
      if (current.size === found.listed[0].length) return listOf(found, current, settings);
      if (loads === MAX_LOADS) return null;
      [found, known] = await this.load(list, settings, current);
    }
    return null;
  }

  /** Those of the listed events that are known as the list has them, by id. */
  private currentOf(
    { listed: [ids, versions] }: LookedUp,
    settings: TenantSettings,
    known: KnownEvents,
  ): Map<number, KeptEvent> {
    const current = new Map<number, KeptEvent>();
    for (const [index, id] of ids.entries()) {
      const event = known.events.get(id) ?? this.recent.get(this.keyOf(id));
      if (event?.version !== versions[index]) continue;
      if (!known.fresh.has(event)) {
        if (!settings.isCurrent(event.moment, event.userIds)) continue;
        event.moment = settings.moment;
      }
      current.set(id, event);
    }
    return current;
  }

  /** Reads the list again, with the events that are not current. */
  private async load(
    list: ListedWindow,
    settings: TenantSettings,
    current: ReadonlyMap<number, KeptEvent>,
  ): Promise<[LookedUp, KnownEvents]> {
    const { snapshot: since, moment } = settings;
    const found = await this.events.load(list, since, {
      ids: [...current.keys()],
      versions: [...current.values()].map(({ version }) => version),
    });
    // The rows have all that was known before the statement began, and what the statement itself reports.
    const isAlone = settings.moment === moment;
    settings.note(since, found);
    const loaded = loadedOf(found, current, (version, record) => {
      const onGrowth = (event: KeptEvent): void => this.measure(event);
      return new KeptEvent(version, record, isAlone ? settings.moment : moment, onGrowth);
    });
    for (const [id, event] of loaded) this.recent.set(this.keyOf(id), event);
    return [found, { events: new Map([...current, ...loaded]), fresh: new Set(loaded.values()) }];
  }

  /** Measures an event again, if it is still kept. */
  private measure(event: KeptEvent): void {
    const key = event.record && this.keyOf(event.record.id);
    if (key !== null && this.recent.get(key) === event) this.recent.set(key, event);
  }

  private keyOf(id: number): KeptKey {
    const tenantId = this.tenant.id;
    return tenantId === DEFAULT_TENANT_ID ? id : `${tenantId} ${id}`;
  }
}

/** The events that a statement has read, by id. It leaves out an event that is too large. */
function loadedOf(
  { events, listed: [ids, versions] }: LoadedEvents,
  current: ReadonlyMap<number, KeptEvent>,
  toKept: (version: number, record: PartialEventRecord | null) => KeptEvent,
): Map<number, KeptEvent> {
  const loaded = new Map(events.map((record) => [record.id, toKept(record.version, record)]));
  for (const [index, id] of ids.entries()) {
    if (!loaded.has(id) && current.get(id)?.version !== versions[index])
      loaded.set(id, toKept(versions[index], null));
  }
  return loaded;
}

/** @returns null: an event is too large */
function listOf(
  { ownerId }: LookedUp,
  current: ReadonlyMap<number, KeptEvent>,
  settings: TenantSettings,
): KeptList | null {
  const events = [...current.values()].filter(isComplete);
  return events.length === current.size ? { ownerId, events, settings } : null;
}

function isComplete(event: KeptEvent): event is CompleteKeptEvent {
  return event.record !== null;
}
