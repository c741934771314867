import type { Interval } from '../../calendar/intervals/interval.js';
import type { Effort } from '../../platform/work/long-work.js';
import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import { BusyChunk, type CachedOccurrence, chunkOf, windowOfChunk } from './busy-chunk.js';
import { type CachedEntry, occurrencesOf } from './cached-entry.js';
import type { CachedOwner, CalendarVersions } from './calendar-entry-reader.js';
import { LoadedChunks } from './loaded-chunks.js';

/** Bytes of a calendar beside its chunks, roughly. */
const CALENDAR_BYTES = 1_400;

/** Bytes of an interval of a date with other hours, or of a time away, roughly: the texts, and what the core makes of them. */
const HOURS_BYTES = 400;

/** Occurrences in a chunk: fifteen an hour. The calendar of a user with more is read from the database, part by part. */
const MAX_OCCURRENCES_IN_CHUNK = 10_000;

/** What the cache knows of a user, from one snapshot of the database. */
export interface Known {
  readonly owner: CachedOwner;
  readonly versions: CalendarVersions;
  readonly snapshot: string;
}

/** The busy time of a user in the chunks that were loaded. A change makes another object, so that a read in progress is of one state. */
export class CachedCalendar {
  /** @param news the number of the new entries that this state has @param dense whether the cache does not serve the calendar, since it has too many occurrences */
  constructor(
    readonly known: Known,
    private readonly occurrences: OccurrencesService,
    private readonly loaded = new LoadedChunks(),
    private readonly news = loaded.news,
    private readonly dense = false,
  ) {}

  /** Whether the cache serves the user: not if other users' events decide which invitations count, or of a dense calendar. */
  get isServed(): boolean {
    return !this.dense && this.known.owner.invitations === 'all';
  }

  get bytes(): number {
    return CALENDAR_BYTES + hoursOf(this.known.owner) * HOURS_BYTES + this.loaded.bytes;
  }

  /** The window from the first loaded chunk to the last one; null: no chunk is loaded. */
  get window(): Interval | null {
    const { numbers } = this.loaded;
    if (numbers.length === 0) return null;
    return {
      start: windowOfChunk(Math.min(...numbers)).start,
      end: windowOfChunk(Math.max(...numbers)).end,
    };
  }

  /** The number of occurrences in the chunk that has the most. */
  get densest(): number {
    return this.loaded.densest;
  }

  hasChunk(number: number): boolean {
    return this.loaded.has(number);
  }

  /** The occurrences of a chunk: each is in one of the returned chunks. */
  chunks(number: number): readonly BusyChunk[] {
    return this.loaded.chunks(number, this.news, this.occurrences);
  }

  /** With further chunks. @param entries those that overlap the chunks, and others */
  async withChunks(
    numbers: readonly number[],
    entries: readonly CachedEntry[],
    effort: Effort,
  ): Promise<CachedCalendar> {
    if (!this.isServed) return this;
    const further = new Map<number, BusyChunk>();
    for (const number of numbers) {
      const found = await expanded(entries, number, { occurrences: this.occurrences, effort });
      if (found === null) return this.asDense(this.known);
      further.set(number, BusyChunk.of(found));
    }
    return this.withLoaded(this.known, new LoadedChunks([...this.allChunks(), ...further]));
  }

  /** With the present entries of changed events in the place of the former ones. */
  async withChanges(
    changedIds: ReadonlySet<number>,
    entries: readonly CachedEntry[],
    at: Pick<Known, 'versions' | 'snapshot'>,
    effort: Effort,
  ): Promise<CachedCalendar> {
    const known = { ...this.known, ...at };
    const chunks = new Map<number, BusyChunk>();
    for (const [number, chunk] of this.allChunks()) {
      const found = await expanded(entries, number, { occurrences: this.occurrences, effort });
      if (found === null) return this.asDense(known);
      chunks.set(number, chunk.with(changedIds, found));
      if (effort.spend(chunk.size)) await effort.rest();
    }
    return this.withLoaded(known, new LoadedChunks(chunks));
  }

  /** With the entries of new events. This state has to be the newest one. */
  withNew(entries: readonly CachedEntry[], at: Pick<Known, 'versions' | 'snapshot'>): CachedCalendar {
    const known = { ...this.known, ...at };
    if (!this.isServed)
      return new CachedCalendar(known, this.occurrences, this.loaded, this.news, this.dense);
    const loaded = this.loaded.isFull ? new LoadedChunks(this.allChunks()) : this.loaded;
    loaded.add(entries);
    return this.withLoaded(known, loaded);
  }

  private allChunks(): Iterable<readonly [number, BusyChunk]> {
    return this.loaded.all(this.news, this.occurrences);
  }

  private withLoaded(known: Known, loaded: LoadedChunks): CachedCalendar {
    if (loaded.densest > MAX_OCCURRENCES_IN_CHUNK) return this.asDense(known);
    return new CachedCalendar(known, this.occurrences, loaded);
  }

  private asDense(known: Known): CachedCalendar {
    return new CachedCalendar(known, this.occurrences, undefined, undefined, true);
  }
}

/** Expands series, with pauses. */
interface Expansion {
  readonly occurrences: OccurrencesService;
  readonly effort: Effort;
}

/** Null: there are too many occurrences. */
async function expanded(
  entries: readonly CachedEntry[],
  chunk: number,
  { occurrences, effort }: Expansion,
): Promise<CachedOccurrence[] | null> {
  const window = windowOfChunk(chunk);
  const found: CachedOccurrence[] = [];
  for (const entry of entries) {
    const before = found.length;
    for (const occurrence of occurrencesOf(entry, window, occurrences)) found.push(occurrence);
    if (found.length > MAX_OCCURRENCES_IN_CHUNK) return null;
    if (effort.spend(1 + found.length - before)) await effort.rest();
  }
  return found;
}

/** The number of intervals and times away of a user. */
function hoursOf({ availabilityOverrides, away }: CachedOwner): number {
  return availabilityOverrides.reduce((sum, { intervals }) => sum + 1 + intervals.length, away.length);
}

/** The numbers of the chunks that a window overlaps. An empty window overlaps one. */
export function chunksOf({ start, end }: Interval): number[] {
  const first = chunkOf(start);
  const last = Math.max(first, chunkOf(end - 1));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
