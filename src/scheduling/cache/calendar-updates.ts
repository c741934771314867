import type { RecentlyUsed } from '../../platform/memory/recently-used.js';
import type { Effort } from '../../platform/work/long-work.js';
import { grouped } from '../calendars/by-event.js';
import { USERS_OF_ONE_READ } from '../calendars/calendar-limits.js';
import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import { windowOfChunks } from './busy-chunk.js';
import { CachedCalendar } from './cached-calendar.js';
import { entriesByUser } from './cached-entry.js';
import type { CalendarEntryReader, CalendarVersions } from './calendar-entry-reader.js';
import { firstVersions, isAhead, isOutdated } from './versions.js';

/** If more events have changed since the last read, the cache loads the calendar again. */
const MAX_CHANGES = 200;

/** One read of calendars. */
export interface Reading {
  /** The versions that the calendars need at least, by user. */
  readonly versions: Map<number, CalendarVersions>;
  readonly chunks: readonly number[];
  /** The users that do not exist. */
  readonly missing: Set<number>;
  readonly effort: Effort;
}

/** Brings the calendars of the cache up to date. */
export class CalendarUpdates {
  /** @param recent the calendars of the cache @param keyOf the key of the calendar of a user in it */
  constructor(
    private readonly recent: RecentlyUsed<CachedCalendar>,
    private readonly keyOf: (userId: number) => string,
    private readonly reader: CalendarEntryReader,
    private readonly occurrences: OccurrencesService,
  ) {}

  /** Loads what is missing, and replaces what has changed. */
  async update(due: readonly CalendarVersions[], read: Reading): Promise<void> {
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
    const rows = await this.reader.load(userIds, windowOfChunks(chunks));
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
}
