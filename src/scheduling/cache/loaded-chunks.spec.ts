import { describe, expect, test } from '@jest/globals';
import { HOUR } from '../../calendar/time/civil-time.js';
import { CompiledSeries } from '../occurrences/compiled-series.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import { BusyChunk, busyCodeOf } from './busy-chunk.js';
import type { CachedEntry } from './cached-entry.js';
import { LoadedChunks } from './loaded-chunks.js';

const CHUNK = 0;
const CODE = busyCodeOf('busy', 'accepted');
const occurrences = new OccurrencesService(new CompiledSeries());

/** An event of one hour, at the hour of its id. */
function entry(id: number): CachedEntry {
  const start = id * HOUR;
  return { id, userId: 1, calendarId: null, status: 'accepted', showAs: 'busy', start, end: start + HOUR };
}

function chunkOfEvents(...ids: number[]): BusyChunk {
  return BusyChunk.of(
    ids.map((id) => ({
      eventId: id,
      calendarId: 0,
      code: CODE,
      start: id * HOUR,
      end: (id + 1) * HOUR,
    })),
  );
}

/** The events of the chunk as of a number of new entries, in the order of time. */
function events(loaded: LoadedChunks, news = loaded.news): number[] {
  const parts = loaded.chunks(CHUNK, news, occurrences);
  return parts.flatMap((part) => part.occurrences().map(({ eventId }) => eventId)).toSorted((a, b) => a - b);
}

describe('new entries', () => {
  test('are in the chunk that they overlap, also while some reads are of an earlier state', () => {
    const loaded = new LoadedChunks([[CHUNK, chunkOfEvents(1, 2)]]);
    for (const id of [5, 3, 1_000, 4]) loaded.add([entry(id)]);
    expect(events(loaded)).toEqual([1, 2, 3, 4, 5]);
    expect([0, 1, 2, 3, 4].map((news) => events(loaded, news))).toEqual([
      [1, 2],
      [1, 2, 5],
      [1, 2, 3, 5],
      [1, 2, 3, 5],
      [1, 2, 3, 4, 5],
    ]);
  });

  test('are there once if the chunk has them already', () => {
    const loaded = new LoadedChunks([[CHUNK, chunkOfEvents(1, 7)]]);
    loaded.add([entry(7)]);
    loaded.add([entry(8)]);
    expect(events(loaded)).toEqual([1, 7, 8]);
  });

  test('are in one chunk with the others after many of them', () => {
    const loaded = new LoadedChunks([[CHUNK, chunkOfEvents(1)]]);
    const ids = Array.from({ length: 90 }, (_, index) => 2 + index);
    for (const id of ids) {
      loaded.add([entry(id)]);
      expect(events(loaded)).toHaveLength(id);
    }
    expect(loaded.densest).toBe(91);
    expect([...loaded.all(loaded.news, occurrences)].map(([, chunk]) => chunk.size)).toEqual([91]);
  });

  test('make the chunks larger', () => {
    const loaded = new LoadedChunks([[CHUNK, chunkOfEvents(1)]]);
    const before = loaded.bytes;
    loaded.add([entry(2)]);
    expect(loaded.bytes).toBeGreaterThan(before);
  });
});

test('a chunk that is not loaded has nothing', () => {
  const loaded = new LoadedChunks();
  expect([loaded.has(CHUNK), loaded.chunks(CHUNK, 0, occurrences)]).toEqual([false, []]);
});
