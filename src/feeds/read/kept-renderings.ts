import { Injectable } from '@nestjs/common';
import { MINUTE } from '../../calendar/time/civil-time.js';
import { KnownChanges } from '../../calendars/read/known/known-changes.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { CacheMetrics } from '../../metrics/cache-metrics.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { CACHE_SHARES } from '../../platform/memory/cache-shares.js';
import { RecentlyUsed, type Sized } from '../../platform/memory/recently-used.js';
import type { TextMemory, WrittenText } from '../../platform/memory/written-text.js';
import { CalendarEntryReader } from '../../scheduling/cache/calendar-entry-reader.js';
import { firstVersions } from '../../scheduling/cache/versions.js';

/**
 * Milliseconds. A rendering names the organizers of events, and a new name of another person is no change of the calendar. So
 * a feed shows it after this time at the latest.
 */
const MAX_RENDERING_AGE_MS = 5 * MINUTE;

/** A calendar that a feed shows, and its user. */
export interface RenderedCalendar {
  readonly calendarId: number;
  readonly userId: number;
}

/** A rendering, and the state of the database of which it is. */
interface KeptRendering extends Sized, WrittenText {
  readonly life: string;
  readonly entries: number;
  readonly moment: number;
  readonly at: number;
}

/** Bytes of a rendering beside its text. */
const BASE_BYTES = 500;

/**
 * Keeps the renderings of feeds. Each request looks up first what has changed in the tenant, so a rendering has each change
 * of the calendar that was acknowledged before, by any instance.
 */
@Injectable()
export class KeptRenderings {
  private readonly kept: RecentlyUsed<KeptRendering>;
  /** The renderings under way, so that requests for one feed at the same moment render it once. */
  private readonly running = new Map<string, Promise<WrittenText>>();

  constructor(
    private readonly reader: CalendarEntryReader,
    private readonly changes: KnownChanges,
    private readonly tenant: CurrentTenant,
    private readonly clock: Clock,
    private readonly metrics: CacheMetrics,
    { calendarCacheBytes }: Configuration,
  ) {
    this.kept = new RecentlyUsed(calendarCacheBytes * CACHE_SHARES.feeds);
    metrics.watch('feeds', () => this.kept.bytes);
  }

  /** The memory for one rendering. A longer one is not kept, so that one calendar does not push out all others. */
  memoryOfOne(): TextMemory {
    const maxPlainBytes = this.kept.maxBytes / 4;
    let taken = 0;
    return {
      maxPlainBytes,
      take: (bytes) => {
        taken += bytes;
        return taken <= maxPlainBytes;
      },
      // `kept` counts the bytes of renderings.
      giveBack: () => undefined,
    };
  }

  /**
   * The rendering of a feed as of now.
   * @param name tells the feeds of a calendar that show different things apart
   */
  async of(
    { calendarId, userId }: RenderedCalendar,
    name: string,
    render: () => Promise<WrittenText>,
  ): Promise<WrittenText> {
    const key = `${this.tenant.id} ${calendarId} ${name}`;
    const changes = this.changes.ofTenant;
    const { rows, moment } = await changes.lookUp(async (since) =>
      this.reader.versionsOf([userId], since, null),
    );
    const { life, entries } = rows.versions.at(0) ?? firstVersions(userId);
    const at = this.clock.now().getTime();
    const found = this.kept.get(key);
    const isCurrent =
      found?.life === life &&
      found.entries === entries &&
      at - found.at < MAX_RENDERING_AGE_MS &&
      changes.hasSettings(found.moment, [userId]) &&
      changes.hasEntries(found.moment, userId);
    this.metrics.count('feeds', isCurrent ? 'hit' : 'load');
    if (isCurrent) return found;
    const state = `${key} ${life} ${entries} ${moment}`;
    const rendering = await (this.running.get(state) ?? this.run(state, render));
    const bytes = BASE_BYTES + (rendering.content?.length ?? 0);
    this.kept.set(key, { ...rendering, life, entries, moment, at, bytes });
    return rendering;
  }

  private async run(state: string, render: () => Promise<WrittenText>): Promise<WrittenText> {
    const running = render().finally(() => this.running.delete(state));
    this.running.set(state, running);
    return running;
  }
}
