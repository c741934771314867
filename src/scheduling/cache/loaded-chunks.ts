import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import { BusyChunk, type CachedOccurrence, windowOfChunk } from './busy-chunk.js';
import { type CachedEntry, occurrencesOf } from './cached-entry.js';

/** Bytes of a new entry, roughly. */
const ENTRY_BYTES = 1_000;

/** New entries that the chunks do not have yet. More of them join all chunks at once. */
const MAX_NEW_ENTRIES = 100;

/** Occurrences of new entries that are kept beside a chunk, at least. A quarter of those of a large chunk are. */
const MIN_RECENT = 64;

/** What is loaded of four weeks. */
interface Slot {
  readonly chunk: BusyChunk;
  /** The occurrences of later events, so that a new event does not copy the chunk. */
  readonly recent: BusyChunk;
  /** The number of new entries that both have. */
  readonly joined: number;
}

const NOTHING = BusyChunk.of([]);

/**
 * The chunks of a calendar, which share the entries of new events: an entry joins a chunk when the chunk is next read. A series
 * overlaps dozens of chunks, and most of them are not read before the next series comes.
 *
 * The states of a calendar that differ by new entries share one object. Each state names the number of the entries that it has.
 */
export class LoadedChunks {
  private readonly slots = new Map<number, Slot>();
  private readonly added: CachedEntry[] = [];
  private bytesOfSlots = 0;
  private largest = 0;

  constructor(chunks: Iterable<readonly [number, BusyChunk]> = []) {
    for (const [number, chunk] of chunks) this.put(number, { chunk, recent: NOTHING, joined: 0 });
  }

  /** The number of new entries. */
  get news(): number {
    return this.added.length;
  }

  get numbers(): number[] {
    return [...this.slots.keys()];
  }

  has(number: number): boolean {
    return this.slots.has(number);
  }

  get bytes(): number {
    return this.bytesOfSlots + this.added.length * ENTRY_BYTES;
  }

  /** The most occurrences that a chunk has. */
  get densest(): number {
    return this.largest;
  }

  get isFull(): boolean {
    return this.added.length >= MAX_NEW_ENTRIES;
  }

  /** The occurrences of a chunk as of a number of new entries: each is in one of the returned chunks. */
  chunks(number: number, news: number, occurrences: OccurrencesService): readonly BusyChunk[] {
    const slot = this.slots.get(number);
    if (slot === undefined) return [];
    if (slot.joined === news) return partsOf(slot);
    // A read that began before a later entry joined the chunk.
    if (slot.joined > news) {
      const later = idsOf(this.added.slice(news, slot.joined));
      return partsOf(slot).map((part) => part.with(later, []));
    }
    const entries = this.added.slice(slot.joined, news);
    const window = windowOfChunk(number);
    const found: CachedOccurrence[] = entries.flatMap((entry) => occurrencesOf(entry, window, occurrences));
    const present = found.length === 0 ? slot : joinedTo(slot, idsOf(entries), found);
    this.put(number, { ...present, joined: news });
    return partsOf(present);
  }

  /** All chunks as of a number of new entries. */
  *all(news: number, occurrences: OccurrencesService): Iterable<readonly [number, BusyChunk]> {
    for (const number of this.numbers) {
      const [chunk, ...recent] = this.chunks(number, news, occurrences);
      yield [number, recent.reduce(merged, chunk)];
    }
  }

  /** Adds the entries of new events, after those that the newest state has. */
  add(entries: readonly CachedEntry[]): void {
    this.added.push(...entries);
  }

  private put(number: number, slot: Slot): void {
    const before = this.slots.get(number);
    this.bytesOfSlots += bytesOf(slot) - (before ? bytesOf(before) : 0);
    this.largest = Math.max(this.largest, slot.chunk.size + slot.recent.size);
    this.slots.set(number, slot);
  }
}

function partsOf({ chunk, recent }: Pick<Slot, 'chunk' | 'recent'>): readonly BusyChunk[] {
  return recent.size === 0 ? [chunk] : [chunk, recent];
}

function bytesOf(slot: Slot): number {
  return partsOf(slot).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A slot with the occurrences of new events. */
function joinedTo(
  { chunk, recent }: Slot,
  ids: ReadonlySet<number>,
  occurrences: readonly CachedOccurrence[],
): Pick<Slot, 'chunk' | 'recent'> {
  // A chunk that was loaded a moment ago may have the events already.
  if (Math.min(...ids) <= chunk.largestId)
    return { chunk: merged(chunk, recent).with(ids, occurrences), recent: NOTHING };
  const more = recent.with(ids, occurrences);
  const isMuch = more.size > Math.max(MIN_RECENT, chunk.size / 4);
  return isMuch ? { chunk: merged(chunk, more), recent: NOTHING } : { chunk, recent: more };
}

function merged(one: BusyChunk, other: BusyChunk): BusyChunk {
  return other.size === 0 ? one : one.with(new Set(), other.occurrences());
}

function idsOf(entries: readonly CachedEntry[]): ReadonlySet<number> {
  return new Set(entries.map(({ id }) => id));
}
