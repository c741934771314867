import { Injectable } from '@nestjs/common';
import type { Interval } from '../../calendar/intervals/interval.js';
import { KnownChanges } from '../../calendars/read/known/known-changes.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { CacheMetrics } from '../../metrics/cache-metrics.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { CACHE_SHARES } from '../../platform/memory/cache-shares.js';
import { RecentlyUsed } from '../../platform/memory/recently-used.js';
import { type Effort, LongWork } from '../../platform/work/long-work.js';
import { grouped } from '../calendars/by-event.js';
import { USERS_OF_ONE_READ } from '../calendars/calendar-limits.js';
import type { ReadPolicy } from '../calendars/calendar-reader.js';
import { KeptCalendars } from '../calendars/kept-calendars.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import { windowOfChunk } from './busy-chunk.js';
import { CachedCalendar, chunksOf } from './cached-calendar.js';
import { CachedCalendars } from './cached-calendars.js';
import { type CachedEntry, entriesByUser } from './cached-entry.js';
import { CalendarEntryReader, type CalendarVersions } from './calendar-entry-reader.js';
import { KnownCalendars } from './known-calendars.js';
import { firstVersions, isAhead, isOutdated, isSame } from './versions.js';
import { WorkUnderWay } from './work-under-way.js';

/** If more events have changed since the last read, the cache loads the calendar again. */
const MAX_CHANGES = 200;

/** Chunks of all users above which the database answers: it reads no further than a response needs. */
const MAX_CHUNKS = 150;

/** Rounds after which a read gives up, since the calendars change faster than they are read. */
const MAX_ROUNDS = 5;

/** One read of calendars. */
interface Reading {
  /** The versions that the calendars need at least, by user. */
  readonly versions: Map<number, CalendarVersions>;
  readonly chunks: readonly number[];
  /** The users that do not exist. */
  readonly missing: Set<number>;
  readonly effort: Effort;
}

/**
 * Keeps the entries of the users whose calendars were read. Each read compares their versions with those of the database
 * first, so it has each change that was acknowledged before, by any instance.
 */
@Injectable()
export class CalendarCache extends KeptCalendars {
  private readonly recent: RecentlyUsed<CachedCalendar>;
  /** By the keys of the calendars. */
  private readonly work = new WorkUnderWay();

  constructor(
    private readonly reader: CalendarEntryReader,
    private readonly occurrences: OccurrencesService,
    private readonly longWork: LongWork,
    private readonly tenant: CurrentTenant,
    private readonly changes: KnownChanges,
    private readonly metrics: CacheMetrics,
    configuration: Configuration,
  ) {
    super();
    this.recent = new RecentlyUsed(configuration.calendarCacheBytes * CACHE_SHARES.busy_time);
    metrics.watch('busy_time', () => this.recent.bytes);
  }

  override async read(
    userIds: readonly number[],
    window: Interval,
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[],
  ): Promise<CachedCalendars | null> {
    const effort = this.longWork.begin();
    const calendars = await this.upToDate([...new Set(userIds)], chunksOf(window), effort);
    if (!calendars) this.metrics.count('busy_time', 'bypass');
    const choice = { pending, exceptCalendarIds };
    return calendars && new CachedCalendars(userIds, calendars, choice, effort, this.changes.ofTenant);
  }

  /** The calendars of users as the cache has them, without a look at the database; null: it does not have all of them, or serves one not. */
  known(userIds: readonly number[]): KnownCalendars | null {
    const calendars = this.present(userIds);
    const isWhole = userIds.every((id) => calendars.get(id)?.isServed);
    return isWhole ? new KnownCalendars(calendars) : null;
  }

  /** The calendars of users as the database has them at present; null: the cache cannot serve them. */
  async refreshed(userIds: readonly number[], window: Interval): Promise<KnownCalendars | null> {
    const calendars = await this.upToDate(userIds, chunksOf(window), this.longWork.begin());
    return calendars?.size === userIds.length ? new KnownCalendars(calendars) : null;
  }

  /**
   * Notes the entries of new events that a committed statement has added for a user, if the cache still has the calendar as of the
   * versions before.
   * @param before the versions that the statement found under the lock of their row @param snapshot the one of the statement
   * @param entries without those of events that take no time of the user
   */
  noteNew(before: CalendarVersions, snapshot: string, entries: readonly CachedEntry[]): void {
    const key = this.keyOf(before.userId);
    const calendar = this.recent.get(key);
    if (!calendar || !isSame(calendar.known.versions, before)) return;
    const at = { versions: { ...before, entries: before.entries + 1 }, snapshot };
    this.recent.set(key, calendar.withNew(entries, at));
  }

  /** Drops the calendars of users, which may have changed. */
  forget(userIds: readonly number[]): void {
    for (const id of userIds) this.recent.delete(this.keyOf(id));
  }

  private async upToDate(
    ids: readonly number[],
    chunks: readonly number[],
    effort: Effort,
  ): Promise<Map<number, CachedCalendar> | null> {
    if (this.recent.maxBytes === 0 || ids.length * chunks.length > MAX_CHUNKS) return null;
    const versions = new Map(ids.map((id) => [id, firstVersions(id)]));
    const { rows } = await this.changes.ofTenant.lookUp(async (since) => this.reader.versionsOf(ids, since));
    for (const each of rows.versions) versions.set(each.userId, each);
    const read: Reading = { versions, chunks, missing: new Set(), effort };
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const calendars = this.present(ids);
      const due = this.dueOf(read, calendars);
      if (due.length === 0) {
        if (![...calendars.values()].every(({ isServed }) => isServed)) return null;
        this.metrics.count('busy_time', round === 0 ? 'hit' : 'load');
        return calendars;
      }
      const keys = due.map(({ userId }) => this.keyOf(userId));
      const waiting = this.work.on(keys);
      if (waiting.length > 0) await Promise.allSettled(waiting);
      else await this.work.run(keys, async () => this.update(due, read));
    }
    return null;
  }

  private present(ids: readonly number[]): Map<number, CachedCalendar> {
    const found = new Map<number, CachedCalendar>();
    for (const id of ids) {
      const calendar = this.recent.get(this.keyOf(id));
      if (calendar) found.set(id, calendar);
    }
    return found;
  }

  /** The users whose calendars are not in the cache, or not as new as the read needs them. */
  private dueOf(
    { versions, chunks, missing }: Reading,
    calendars: ReadonlyMap<number, CachedCalendar>,
  ): CalendarVersions[] {
    return [...versions.values()].filter((needed) => {
      if (missing.has(needed.userId)) return false;
      const calendar = calendars.get(needed.userId);
      if (!calendar || isOutdated(calendar, needed)) return true;
      if (!calendar.isServed) return false;
      const { entries } = calendar.known.versions;
      return entries < needed.entries || chunks.some((chunk) => !calendar.hasChunk(chunk));
    });
  }

  /** Loads what is missing, and replaces what has changed. */
  private async update(due: readonly CalendarVersions[], read: Reading): Promise<void> {
    const changed: CachedCalendar[] = [];
    const wanted = new Map<number, readonly number[]>();
    for (const needed of due) {
      const { userId } = needed;
      const calendar = this.recent.get(this.keyOf(userId));
      if (!calendar || isOutdated(calendar, needed)) {
        this.recent.delete(this.keyOf(userId));
        wanted.set(userId, read.chunks);
      } else if (calendar.known.versions.entries < needed.entries) changed.push(calendar);
      else {
        const absent = read.chunks.filter((chunk) => !calendar.hasChunk(chunk));
        wanted.set(userId, absent);
      }
    }
    if (changed.length > 0) await this.replaceChanged(changed, read);
    const ids = [...wanted.keys()];
    for (let index = 0; index < ids.length; index += USERS_OF_ONE_READ)
      await this.load(ids.slice(index, index + USERS_OF_ONE_READ), wanted, read);
  }

  private async load(
    userIds: readonly number[],
    wanted: ReadonlyMap<number, readonly number[]>,
    read: Reading,
  ): Promise<void> {
    const chunks = userIds.flatMap((id) => wanted.get(id) ?? []);
    const rows = await this.reader.load(userIds, {
      start: windowOfChunk(Math.min(...chunks)).start,
      end: windowOfChunk(Math.max(...chunks)).end,
    });
    const entries = entriesByUser(rows);
    const owners = new Map(rows.owners.map((owner) => [owner.id, owner]));
    const versions = new Map(rows.versions.map((each) => [each.userId, each]));
    for (const userId of userIds) {
      const owner = owners.get(userId);
      if (!owner) {
        read.missing.add(userId);
        continue;
      }
      const present = versions.get(userId) ?? firstVersions(userId);
      // The other chunks of a calendar may be older than these. If so, the next round replaces what has changed since.
      read.versions.set(userId, present);
      const key = this.keyOf(userId);
      const known =
        this.recent.get(key) ??
        new CachedCalendar({ owner, versions: present, snapshot: rows.snapshot }, this.occurrences);
      // If an event was noted while the statement read its snapshot, the rows lack the event, and the next round reads them again.
      if (isAhead(known, present)) continue;
      const own = entries.get(userId) ?? [];
      this.recent.set(key, await known.withChunks(wanted.get(userId) ?? [], own, read.effort));
    }
  }

  private async replaceChanged(calendars: readonly CachedCalendar[], read: Reading): Promise<void> {
    const rows = await this.reader.changedSince(
      calendars.flatMap(({ known: { owner, snapshot }, window }) =>
        window ? { userId: owner.id, snapshot, window } : [],
      ),
      MAX_CHANGES,
    );
    const entries = entriesByUser(rows);
    const changed = grouped(rows.changed, ({ userId }) => userId);
    const versions = new Map(rows.versions.map((each) => [each.userId, each]));
    for (const calendar of calendars) {
      const { id } = calendar.known.owner;
      const key = this.keyOf(id);
      const changedIds = new Set(changed.get(id)?.map(({ eventId }) => eventId));
      const present = versions.get(id) ?? firstVersions(id);
      // After many changes, or a change of the settings meanwhile, the next round loads the calendar again.
      const isBehind = changedIds.size > MAX_CHANGES || rows.behind.includes(id);
      if (isBehind || isOutdated(calendar, present)) this.recent.delete(key);
      else {
        const at = { versions: present, snapshot: rows.snapshot };
        const own = entries.get(id) ?? [];
        this.recent.set(key, await calendar.withChanges(changedIds, own, at, read.effort));
      }
    }
  }

  private keyOf(userId: number): string {
    return `${this.tenant.id} ${userId}`;
  }
}
