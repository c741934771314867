import type { ParticipationStatus, PendingPolicy, ShowAs } from '../../calendar/availability/free-busy.js';
import { type BusyKind, busyKindOf } from '../../calendar/availability/kinds/busy-kind.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { IntervalColumns } from '../../calendar/intervals/interval-columns.js';
import { DAY, type Instant } from '../../calendar/time/civil-time.js';
import type { BusyTimes } from '../calendars/grouped-series.js';

/** Milliseconds. The chunks of all calendars begin at the same instants. */
export const CHUNK_LENGTH = 28 * DAY;

const SHOW_AS = ['busy', 'free', 'tentative', 'out_of_office'] as const satisfies readonly ShowAs[];
const STATUSES = [
  'organizer',
  'needs_action',
  'accepted',
  'declined',
  'tentative',
] as const satisfies readonly ParticipationStatus[];

/** The facts of an occurrence, besides the policy of the query, that decide whether an attendee is busy at it. */
export type BusyCode = number;

export function busyCodeOf(showAs: ShowAs, status: ParticipationStatus): BusyCode {
  return SHOW_AS.indexOf(showAs) * STATUSES.length + STATUSES.indexOf(status);
}

/** The kind of time of each code, by the policy; null: the attendee is not busy. */
const KINDS: Readonly<Record<PendingPolicy, readonly (BusyKind | null)[]>> = {
  busy: kindsWith('busy'),
  answered: kindsWith('answered'),
  free: kindsWith('free'),
};

function kindsWith(pending: PendingPolicy): (BusyKind | null)[] {
  return SHOW_AS.flatMap((showAs) =>
    STATUSES.map((participation) => busyKindOf({ showAs, participation, status: 'confirmed', pending })),
  );
}

/** An occurrence at which an attendee may be busy. */
export interface CachedOccurrence extends Interval {
  readonly eventId: number;
  /** The calendar that has the event; 0: none has it. */
  readonly calendarId: number;
  readonly code: BusyCode;
}

/** Bytes of an occurrence in the arrays. */
const OCCURRENCE_BYTES = 8 + 8 + 4 + 4 + 1;

/** Bytes of a chunk beside them, as measured: the buffer, and the views of it. */
const CHUNK_BYTES = 1_000;

/** The occurrences of a user that overlap four weeks, by start. */
export class BusyChunk implements IntervalColumns {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  private readonly events: Int32Array;
  private readonly calendars: Int32Array;
  private readonly codes: Uint8Array;
  /** The length of the longest occurrence. Milliseconds. */
  private longest = 0;
  private largest = 0;

  private constructor(count: number) {
    // One buffer of all columns: each buffer takes hundreds of bytes beside its content.
    const buffer = new ArrayBuffer(count * OCCURRENCE_BYTES);
    this.starts = new Float64Array(buffer, 0, count);
    this.ends = new Float64Array(buffer, 8 * count, count);
    this.events = new Int32Array(buffer, 16 * count, count);
    this.calendars = new Int32Array(buffer, 20 * count, count);
    this.codes = new Uint8Array(buffer, 24 * count, count);
  }

  static of(occurrences: readonly CachedOccurrence[]): BusyChunk {
    const chunk = new BusyChunk(occurrences.length);
    let place = 0;
    for (const occurrence of occurrences.toSorted(byStart)) chunk.set(place++, occurrence);
    return chunk;
  }

  get bytes(): number {
    return CHUNK_BYTES + this.starts.length * OCCURRENCE_BYTES;
  }

  get size(): number {
    return this.starts.length;
  }

  /** The largest id of an event of the chunk; 0: it has none. */
  get largestId(): number {
    return this.largest;
  }

  /** All occurrences, by start. */
  occurrences(): CachedOccurrence[] {
    return Array.from(this.starts, (start, index) => ({
      start,
      end: this.ends[index],
      eventId: this.events[index],
      calendarId: this.calendars[index],
      code: this.codes[index],
    }));
  }

  /** The chunk without the occurrences of some events, and with others of theirs. */
  with(eventIds: ReadonlySet<number>, occurrences: readonly CachedOccurrence[]): BusyChunk {
    const { events, starts } = this;
    const added = occurrences.toSorted(byStart);
    let kept = 0;
    for (let index = 0; index < events.length; index += 1) if (!eventIds.has(events[index])) kept += 1;
    const merged = new BusyChunk(kept + added.length);
    let place = 0;
    let next = 0;
    for (let index = 0; index < events.length; index += 1) {
      if (eventIds.has(events[index])) continue;
      while (next < added.length && added[next].start < starts[index]) merged.set(place++, added[next++]);
      merged.copy(place++, this, index);
    }
    while (next < added.length) merged.set(place++, added[next++]);
    return merged;
  }

  /**
   * Collects the times at which the user is busy, and that overlap a part. The order is that of their starts.
   * @param exceptCalendarIds calendars that are left out
   */
  collect(
    part: Interval,
    pending: PendingPolicy,
    exceptCalendarIds: readonly number[],
    timesOf: (kind: BusyKind) => BusyTimes | undefined,
  ): void {
    const { starts } = this;
    const kindAt = (index: number): BusyKind | null => {
      const isOut = this.ends[index] <= part.start || exceptCalendarIds.includes(this.calendars[index]);
      return isOut ? null : KINDS[pending][this.codes[index]];
    };
    for (
      let from = this.firstReaching(part.start), to = 0;
      from < starts.length && starts[from] < part.end;
      from = to
    ) {
      const kind = kindAt(from);
      to = from + 1;
      while (to < starts.length && starts[to] < part.end && kindAt(to) === kind) to += 1;
      if (kind !== null) timesOf(kind)?.add(this, from, to);
    }
  }

  /** The events at which the user is busy during a part, as `collect` finds their time. An event may be there several times. */
  eventsDuring(part: Interval, pending: PendingPolicy, exceptCalendarIds: readonly number[]): number[] {
    const { starts, ends } = this;
    const found: number[] = [];
    for (
      let index = this.firstReaching(part.start);
      index < starts.length && starts[index] < part.end;
      index += 1
    ) {
      const isOut = ends[index] <= part.start || ends[index] === starts[index];
      if (isOut || exceptCalendarIds.includes(this.calendars[index])) continue;
      if (KINDS[pending][this.codes[index]] !== null) found.push(this.events[index]);
    }
    return found;
  }

  /** An index before which each occurrence ends at an instant or before it. */
  private firstReaching(instant: Instant): number {
    const { starts } = this;
    const earliest = instant - this.longest;
    let from = 0;
    let to = starts.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (starts[middle] < earliest) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  private set(place: number, { start, end, eventId, calendarId, code }: CachedOccurrence): void {
    this.starts[place] = start;
    this.ends[place] = end;
    this.events[place] = eventId;
    this.calendars[place] = calendarId;
    this.codes[place] = code;
    this.longest = Math.max(this.longest, end - start);
    this.largest = Math.max(this.largest, eventId);
  }

  private copy(place: number, from: BusyChunk, index: number): void {
    this.starts[place] = from.starts[index];
    this.ends[place] = from.ends[index];
    this.events[place] = from.events[index];
    this.calendars[place] = from.calendars[index];
    this.codes[place] = from.codes[index];
    this.longest = Math.max(this.longest, from.ends[index] - from.starts[index]);
    this.largest = Math.max(this.largest, from.events[index]);
  }
}

function byStart(a: CachedOccurrence, b: CachedOccurrence): number {
  return a.start - b.start;
}

/** The number of the chunk that has an instant. */
export function chunkOf(instant: Instant): number {
  return Math.floor(instant / CHUNK_LENGTH);
}

export function windowOfChunk(chunk: number): Interval {
  return { start: chunk * CHUNK_LENGTH, end: (chunk + 1) * CHUNK_LENGTH };
}

/** The window from the first of these chunks to the last one. */
export function windowOfChunks(chunks: readonly number[]): Interval {
  return {
    start: windowOfChunk(Math.min(...chunks)).start,
    end: windowOfChunk(Math.max(...chunks)).end,
  };
}
