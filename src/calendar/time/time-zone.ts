import { CalendarError } from '../calendar-error.js';
import {
  type CivilTime,
  civilTimeOf,
  DAY,
  FIRST_YEAR,
  type Instant,
  LAST_YEAR,
  SECOND_PASS,
  wallClock,
} from './civil-time.js';
import { canonicalTimeZoneName, MAX_TIME_ZONE_NAME_LENGTH } from './names/time-zone-name.js';
import type { NumberBuffer } from './number-buffer.js';
import { offsetProbe, type Transition } from './time-zone-probe.js';
import { FAR_FUTURE, ZoneTransitions } from './zone-transitions.js';

/**
 * A zone of the IANA database, exact to the second from 1900 to 2999. Before and after those years, it keeps its first
 * or last offset. From 2129 on, the transitions follow from those of a year of the same kind (`ZoneTransitions`).
 * `timeZone` returns zones by name.
 */
export interface TimeZone {
  /** The name that the caller used, in the spelling of the IANA database. */
  readonly name: string;
  /** Returns local time minus UTC at an instant, in milliseconds. */
  offsetAt(instant: Instant): number;
  /** Returns the reading of the clocks at an instant, without the pass. */
  toCivil(instant: Instant): CivilTime;
  /** Returns the reading of the clocks at an instant, with the pass: the inverse of `toInstant` on all instants. */
  toExactCivil(instant: Instant): CivilTime;
  /**
   * Returns the instant of a civil time (RFC 5545 §3.3.5). A time in a gap has the offset before the gap. A time that
   * the clocks show twice is the first of the two, unless `civil` has the second pass. At other times the pass has no
   * effect.
   */
  toInstant(civil: CivilTime): Instant;
  /**
   * Adds the instants of ascending civil times without a pass to `into`. Returns whether the instants ascend too: the
   * instant of a time in a gap may be after, or equal to, the instants that follow it.
   */
  addInstants(civils: NumberBuffer, into: NumberBuffer): boolean;
  /**
   * Returns the first change of the offset after `after` and before `before`, both exclusive; null if there is none.
   */
  nextTransition(after: Instant, before: Instant): Instant | null;
}

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** The segments of one chunk of time, by instants and by civil times. */
interface Chunk {
  readonly byInstant: readonly Segment[];
  readonly byCivil: readonly Segment[];
}

/** Milliseconds, a little more than a year. One division finds a chunk; its transitions take about 0.1 ms. */
const CHUNK_WIDTH = 2 ** 35;
const FIRST_CHUNK_START = civilTimeOf(FIRST_YEAR, 1, 1) - 2 * DAY;
const LAST_CHUNK = Math.floor((civilTimeOf(LAST_YEAR + 1, 1, 1) + 2 * DAY - FIRST_CHUNK_START) / CHUNK_WIDTH);
const FIRST_FAR_CHUNK = Math.ceil((FAR_FUTURE - FIRST_CHUNK_START) / CHUNK_WIDTH) + 1;

/** The offset of a zone has never been more than 16 hours. */
const FARTHEST_OFFSET = DAY;

class IntlTimeZone implements TimeZone {
  private readonly probe: (instant: Instant) => number;
  private readonly transitions: ZoneTransitions;
  private readonly chunks: (Chunk | undefined)[] = [];
  /** The chunk of the far future that was read last. All of them would be a megabyte, and reading one takes microseconds. */
  private far: Chunk | undefined = undefined;
  private farIndex = -1;

  constructor(readonly name: string) {
    this.probe = offsetProbe(name);
    this.transitions = new ZoneTransitions(this.probe);
  }

  offsetAt(instant: Instant): number {
    return segmentOf(this.chunk(chunkIndex(instant)).byInstant, instant).offset;
  }

  toCivil(instant: Instant): CivilTime {
    return instant + this.offsetAt(instant);
  }

  toExactCivil(instant: Instant): CivilTime {
    const civil = this.toCivil(instant);
    return this.toInstant(civil) === instant ? civil : civil + SECOND_PASS;
  }

  toInstant(civil: CivilTime): Instant {
    const clock = wallClock(civil);
    const first = clock - segmentOf(this.chunk(chunkIndex(clock)).byCivil, clock).offset;
    return clock === civil ? first : this.secondPass(clock, first);
  }

  /** Returns the second instant at which the clocks show `clock`; the first if they show it once. */
  private secondPass(clock: CivilTime, first: Instant): Instant {
    const transition = this.nextTransition(first, first + FARTHEST_OFFSET);
    if (transition === null) return first;
    const second = clock - this.offsetAt(transition);
    return second >= transition && this.toCivil(second) === clock ? second : first;
  }

  addInstants(civils: NumberBuffer, into: NumberBuffer): boolean {
    const { values, size } = civils;
    let ascending = true;
    let last = -Infinity;
    for (let from = 0, to = 0; from < size; from = to) {
      const { end, offset } = segmentOf(this.chunk(chunkIndex(values[from])).byCivil, values[from]);
      if (values[from] - offset <= last) ascending = false;
      to = values[size - 1] < end ? size : from + 1;
      while (to < size && values[to] < end) to += 1;
      into.addShifted(civils, from, to, -offset);
      last = values[to - 1] - offset;
    }
    return ascending;
  }

  nextTransition(after: Instant, before: Instant): Instant | null {
    const last = chunkIndex(before);
    for (let index = chunkIndex(after); index <= last; index += 1) {
      for (const { end } of this.chunk(index).byInstant.slice(0, -1))
        if (end > after) return end < before ? end : null;
    }
    return null;
  }

  private chunk(index: number): Chunk {
    return index < FIRST_FAR_CHUNK ? (this.chunks[index] ??= this.readChunk(index)) : this.farChunk(index);
  }

  private farChunk(index: number): Chunk {
    if (this.far === undefined || this.farIndex !== index) {
      this.far = this.readChunk(index);
      this.farIndex = index;
    }
    return this.far;
  }

  private readChunk(index: number): Chunk {
    const start = FIRST_CHUNK_START + index * CHUNK_WIDTH;
    const end = start + CHUNK_WIDTH;
    const from = start - FARTHEST_OFFSET;
    const transitions = this.transitions.between(from, end + FARTHEST_OFFSET);
    const offset = transitions[0]?.before ?? this.probe(from);
    return {
      byInstant: segments(start, end, offset, transitions, ({ at }) => at),
      byCivil: segments(
        start,
        end,
        offset,
        transitions,
        ({ at, before, after }) => at + Math.max(before, after),
      ),
    };
  }
}

function segments(
  chunkStart: number,
  chunkEnd: number,
  firstOffset: number,
  transitions: readonly Transition[],
  thresholdOf: (transition: Transition) => number,
): Segment[] {
  const found: Segment[] = [];
  let [start, offset] = [chunkStart, firstOffset];
  for (const transition of transitions) {
    const threshold = thresholdOf(transition);
    if (threshold >= chunkEnd) break;
    if (threshold > chunkStart) {
      found.push({ start, end: threshold, offset });
      start = threshold;
    }
    offset = transition.after;
  }
  found.push({ start, end: chunkEnd, offset });
  return found;
}

function segmentOf(all: readonly Segment[], time: number): Segment {
  let index = 0;
  while (index < all.length - 1 && time >= all[index].end) index += 1;
  return all[index];
}

function chunkIndex(time: number): number {
  const index = Math.floor((time - FIRST_CHUNK_START) / CHUNK_WIDTH);
  return Math.max(0, Math.min(LAST_CHUNK, index));
}

/**
 * By canonical name, so there are at most as many as names in the IANA database. A zone keeps the chunks that it has
 * read.
 */
const zones = new Map<string, TimeZone>();

/**
 * Returns the zone of an IANA name in any case, always the same object for a name. A link keeps its name. The data come
 * from `Intl`.
 * @throws CalendarError `unknown_time_zone`, also for offsets such as `+05:00`
 * @example timeZone('europe/moscow').name // 'Europe/Moscow'
 */
export function timeZone(name: string): TimeZone {
  const known = zones.get(name);
  if (known) return known;
  const canonical = canonicalTimeZoneName(name);
  if (canonical === null) {
    throw new CalendarError(
      'invalid',
      'unknown_time_zone',
      `"${name.slice(0, MAX_TIME_ZONE_NAME_LENGTH)}" is not an IANA time zone such as Europe/Moscow.`,
    );
  }
  const zone = zones.get(canonical) ?? new IntlTimeZone(canonical);
  zones.set(canonical, zone);
  return zone;
}

/**
 * Returns whether a name is one that `timeZone` accepts.
 * @example isTimeZone('Mars/Olympus') // false
 */
export function isTimeZone(name: string): boolean {
  return zones.has(name) || canonicalTimeZoneName(name) !== null;
}
