import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import { BusyChunk, type CachedOccurrence, windowOfChunk } from './busy-chunk.js';
import { type CachedEntry, occurrencesOf } from './cached-entry.js';

/** Bytes of a new entry, roughly. */
const ENTRY_BYTES = 1_000;

/** New entries that the chunks do not have yet. More of them join all chunks at once. */
const MAX_NEW_ENTRIES = 100;

/** A chunk, and the number of new entries that it has. */
interface Slot {
  readonly chunk: BusyChunk;
  readonly joined: number;
}

/**
 * The chunks of a calendar, which share the entries of new events: an entry joins a chunk when the chunk is next read. A series
 * overlaps dozens of chunks, and most of them are not read before the next series comes.
 *
 * The states of a calendar that differ by new entries share one object. Each state names the number of the entries that it has.
 */
export class LoadedChunks {
  private readonly slots = new Map<number, Slot>();
  private readonly added: CachedEntry[] = [];
  private bytesOfChunks = 0;
  private largest = 0;

  constructor(chunks: Iterable<readonly [number, BusyChunk]> = []) {
    for (const [number, chunk] of chunks) this.put(number, chunk);
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
    return this.bytesOfChunks + this.added.length * ENTRY_BYTES;
  }

  /** The most occurrences that a chunk has. */
  get densest(): number {
    return this.largest;
  }

  get isFull(): boolean {
    return this.added.length >= MAX_NEW_ENTRIES;
  }

  /** A chunk as of a number of new entries. */
  chunk(number: number, news: number, occurrences: OccurrencesService): BusyChunk | undefined {
    const slot = this.slots.get(number);
    if (slot === undefined || slot.joined === news) return slot?.chunk;
    // A read that began before a later entry joined the chunk.
    if (slot.joined > news) return slot.chunk.with(idsOf(this.added.slice(news, slot.joined)), []);
    const entries = this.added.slice(slot.joined, news);
    const window = windowOfChunk(number);
    const found: CachedOccurrence[] = entries.flatMap((entry) => occurrencesOf(entry, window, occurrences));
    // A chunk that was loaded a moment ago may have the events already.
    const chunk = found.length === 0 ? slot.chunk : slot.chunk.with(idsOf(entries), found);
    this.put(number, chunk, news);
    return chunk;
  }

  /** All chunks as of a number of new entries. */
  *all(news: number, occurrences: OccurrencesService): Iterable<readonly [number, BusyChunk]> {
    for (const number of this.numbers) {
      const chunk = this.chunk(number, news, occurrences);
      if (chunk) yield [number, chunk];
    }
  }

  /** Adds the entries of new events, after those that the newest state has. */
  add(entries: readonly CachedEntry[]): void {
    this.added.push(...entries);
  }

  private put(number: number, chunk: BusyChunk, joined = 0): void {
    this.bytesOfChunks += chunk.bytes - (this.slots.get(number)?.chunk.bytes ?? 0);
    this.largest = Math.max(this.largest, chunk.size);
    this.slots.set(number, { chunk, joined });
  }
}

function idsOf(entries: readonly CachedEntry[]): ReadonlySet<number> {
  return new Set(entries.map(({ id }) => id));
}
