import { Injectable } from '@nestjs/common';
import type { Interval } from '../../calendar/intervals/interval.js';
import { KnownChanges } from '../../calendars/read/known/known-changes.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { CacheMetrics } from '../../metrics/cache-metrics.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { CACHE_SHARES } from '../../platform/memory/cache-shares.js';
import { RecentlyUsed } from '../../platform/memory/recently-used.js';
import { type Effort, LongWork } from '../../platform/work/long-work.js';
import type { HeldTimeRow, ReadPolicy } from '../calendars/calendar-reader.js';
import type { CalendarsInWindow } from '../calendars/calendars-in-window.js';
import { withHolds } from '../calendars/calendars-with-holds.js';
import { KeptCalendars } from '../calendars/kept-calendars.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import { windowOfChunks } from './busy-chunk.js';
import { type CachedCalendar, chunksOf } from './cached-calendar.js';
import { CachedCalendars } from './cached-calendars.js';
import type { CachedEntry } from './cached-entry.js';
import { CalendarEntryReader, type CalendarVersions } from './calendar-entry-reader.js';
import { CalendarUpdates, type Reading } from './calendar-updates.js';
import { KnownCalendars } from './known-calendars.js';
import { firstVersions, isOutdated, isSame } from './versions.js';
import { WorkUnderWay } from './work-under-way.js';

/** Chunks of all users above which the database answers: it reads no further than a response needs. */
const MAX_CHUNKS = 150;

/** Rounds after which a read gives up, since the calendars change faster than they are read. */
const MAX_ROUNDS = 5;

/** Calendars as the database has them at present. */
interface PresentCalendars {
  readonly calendars: Map<number, CachedCalendar>;
  /** The open holds on the users in the chunks, of the same snapshot as the versions. */
  readonly held: readonly HeldTimeRow[];
  /** Whether one of the users has an open hold at any time. */
  readonly hasHolds: boolean;
}

/**
 * Keeps the entries of the users whose calendars were read. Each read compares their versions with those of the database
 * first, so it has each change that was acknowledged before, by any instance. It keeps no hold: the look-up of the versions reads
 * the holds, since the clock of the database ends them.
 */
@Injectable()
export class CalendarCache extends KeptCalendars {
  private readonly recent: RecentlyUsed<CachedCalendar>;
  /** By the keys of the calendars. */
  private readonly work = new WorkUnderWay();
  private readonly updates: CalendarUpdates;

  constructor(
    private readonly reader: CalendarEntryReader,
    occurrences: OccurrencesService,
    private readonly longWork: LongWork,
    private readonly tenant: CurrentTenant,
    private readonly changes: KnownChanges,
    private readonly metrics: CacheMetrics,
    configuration: Configuration,
  ) {
    super();
    this.recent = new RecentlyUsed(configuration.calendarCacheBytes * CACHE_SHARES.busy_time);
    this.updates = new CalendarUpdates(this.recent, (id) => this.keyOf(id), reader, occurrences);
    metrics.watch('busy_time', () => this.recent.bytes);
  }

  override async read(
    userIds: readonly number[],
    window: Interval,
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[],
  ): Promise<CalendarsInWindow | null> {
    const effort = this.longWork.begin();
    const present = await this.upToDate([...new Set(userIds)], chunksOf(window), effort);
    if (!present) {
      this.metrics.count('busy_time', 'bypass');
      return null;
    }
    const choice = { pending, exceptCalendarIds };
    const { calendars, held } = present;
    return withHolds(
      new CachedCalendars(userIds, calendars, choice, effort, this.changes.ofTenant),
      held,
      window,
    );
  }

  /**
   * The calendars of users as the cache has them, without a look at the database, and so without holds; null: it does not have all
   * of them, or serves one not.
   */
  known(userIds: readonly number[]): KnownCalendars | null {
    const calendars = this.present(userIds);
    const isWhole = userIds.every((id) => calendars.get(id)?.isServed);
    return isWhole ? new KnownCalendars(calendars) : null;
  }

  /**
   * The calendars of users as the database has them at present; null: the cache cannot serve them, or one of the users has an open
   * hold.
   */
  async refreshed(userIds: readonly number[], window: Interval): Promise<KnownCalendars | null> {
    const present = await this.upToDate(userIds, chunksOf(window), this.longWork.begin());
    const isWhole = present?.calendars.size === userIds.length && !present.hasHolds;
    return isWhole ? new KnownCalendars(present.calendars) : null;
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
  ): Promise<PresentCalendars | null> {
    if (this.recent.maxBytes === 0 || ids.length * chunks.length > MAX_CHUNKS) return null;
    const versions = new Map(ids.map((id) => [id, firstVersions(id)]));
    const window = windowOfChunks(chunks);
    const { rows } = await this.changes.ofTenant.lookUp(async (since) =>
      this.reader.versionsOf(ids, since, window),
    );
    for (const each of rows.versions) versions.set(each.userId, each);
    const read: Reading = { versions, chunks, missing: new Set(), effort };
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const calendars = this.present(ids);
      const due = this.dueOf(read, calendars);
      if (due.length === 0) {
        if (![...calendars.values()].every(({ isServed }) => isServed)) return null;
        this.metrics.count('busy_time', round === 0 ? 'hit' : 'load');
        return { calendars, held: rows.held, hasHolds: rows.hasHolds };
      }
      const keys = due.map(({ userId }) => this.keyOf(userId));
      const waiting = this.work.on(keys);
      if (waiting.length > 0) await Promise.allSettled(waiting);
      else await this.work.run(keys, async () => this.updates.update(due, read));
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

  private keyOf(userId: number): string {
    return `${this.tenant.id} ${userId}`;
  }
}
