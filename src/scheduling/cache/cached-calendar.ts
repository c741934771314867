import type { Interval } from '../../calendar/intervals/interval.js';
import type { Effort } from '../../platform/work/long-work.js';
import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import { BusyChunk, type CachedOccurrence, chunkOf, windowOfChunk } from './busy-chunk.js';
import { type CachedEntry, occurrencesOf } from './cached-entry.js';
import type { CachedOwner, CalendarVersions } from './calendar-entry-reader.js';

/** Bytes of a calendar beside its chunks, roughly. */
const CALENDAR_BYTES = 1_400;

/** Occurrences in a chunk: three an hour. The calendar of a user with more is read from the database, part by part. */
const MAX_OCCURRENCES_IN_CHUNK = 2_000;

/** What the cache knows of a user, from one snapshot of the database. */
export interface Known {
  readonly owner: CachedOwner;
  readonly versions: CalendarVersions;
  readonly snapshot: string;
}

/** The busy time of a user in the chunks that were loaded. A change makes another object, so that a read in progress is of one state. */
export class CachedCalendar {
  constructor(
    readonly known: Known,
    private readonly chunks: ReadonlyMap<number, BusyChunk> = new Map(),
    private readonly dense = false,
  ) {}

  /** Whether the cache serves the user: not if other users' events decide which invitations count, or of a dense calendar. */
  get isServed(): boolean {
    return !this.dense && this.known.owner.invitations === 'all';
  }

  get bytes(): number {
    let bytes = CALENDAR_BYTES;
    for (const chunk of this.chunks.values()) bytes += chunk.bytes;
    return bytes;
  }

  /** The window from the first loaded chunk to the last one; null: no chunk is loaded. */
  get window(): Interval | null {
    if (this.chunks.size === 0) return null;
    const loaded = [...this.chunks.keys()];
    return {
      start: windowOfChunk(Math.min(...loaded)).start,
      end: windowOfChunk(Math.max(...loaded)).end,
    };
  }

  /** The number of occurrences in the chunk that has the most. */
  get densest(): number {
    return Math.max(0, ...[...this.chunks.values()].map(({ size }) => size));
  }

  chunk(number: number): BusyChunk | undefined {
    return this.chunks.get(number);
  }

  /** With further chunks. @param entries those that overlap the chunks, and others */
  async withChunks(
    numbers: readonly number[],
    entries: readonly CachedEntry[],
    expansion: Expansion,
  ): Promise<CachedCalendar> {
    if (!this.isServed) return this;
    const chunks = new Map(this.chunks);
    for (const number of numbers) {
      const found = await expanded(entries, number, expansion);
      if (found === null) return new CachedCalendar(this.known, undefined, true);
      chunks.set(number, BusyChunk.of(found));
    }
    return new CachedCalendar(this.known, chunks);
  }

  /** With the present entries of changed events in the place of the former ones. */
  async withChanges(
    changedIds: ReadonlySet<number>,
    entries: readonly CachedEntry[],
    at: Pick<Known, 'versions' | 'snapshot'>,
    expansion: Expansion,
  ): Promise<CachedCalendar> {
    const chunks = new Map<number, BusyChunk>();
    for (const [number, chunk] of this.chunks) {
      const found = await expanded(entries, number, expansion);
      const present = found && chunk.with(changedIds, found);
      if (present === null || present.size > MAX_OCCURRENCES_IN_CHUNK)
        return new CachedCalendar({ ...this.known, ...at }, undefined, true);
      chunks.set(number, present);
      if (expansion.effort.spend(present.size)) await expansion.effort.rest();
    }
    return new CachedCalendar({ ...this.known, ...at }, chunks);
  }

  /** With the entries of new events, in those of the loaded chunks that they overlap. The other chunks stay the same objects. */
  withNew(
    entries: readonly CachedEntry[],
    at: Pick<Known, 'versions' | 'snapshot'>,
    occurrences: OccurrencesService,
  ): CachedCalendar {
    const known = { ...this.known, ...at };
    if (entries.length === 0 || !this.isServed) return new CachedCalendar(known, this.chunks, this.dense);
    const ids = new Set(entries.map(({ id }) => id));
    const chunks = new Map(this.chunks);
    for (const [number, chunk] of this.chunks) {
      const window = windowOfChunk(number);
      const found = entries.flatMap((entry) => occurrencesOf(entry, window, occurrences));
      if (found.length === 0) continue;
      // A chunk that was loaded a moment ago may have the events already.
      const present = chunk.with(ids, found);
      if (present.size > MAX_OCCURRENCES_IN_CHUNK) return new CachedCalendar(known, undefined, true);
      chunks.set(number, present);
    }
    return new CachedCalendar(known, chunks);
  }
}

/** Expands series, with pauses. */
export interface Expansion {
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

/** The numbers of the chunks that a window overlaps. An empty window overlaps one. */
export function chunksOf({ start, end }: Interval): number[] {
  const first = chunkOf(start);
  const last = Math.max(first, chunkOf(end - 1));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
