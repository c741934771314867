import { civilTimeOf, DAY, type Instant, LAST_YEAR, modulo } from '../../time/civil-time.js';
import type { TimeZone } from '../../time/time-zone.js';
import { FAR_FUTURE } from '../../time/zone-transitions.js';

/** A change of the clocks of a zone. */
export interface ClockChange {
  readonly at: Instant;
  /** The readings that are skipped or repeated: from the earlier to the later of those before and after the change. */
  readonly low: number;
  readonly high: number;
}

/** The changes of a zone from an instant on, in the years that differ. All later years repeat one of them (`ZoneTransitions`). */
interface Kinds {
  readonly changes: readonly ClockChange[];
  /** The times of day of the changes, and the milliseconds that each skips or repeats. */
  readonly times: readonly { readonly low: number; readonly size: number }[];
  readonly spread: number;
}

/**
 * The kinds from this instant on are computed once for each zone, because nearly all comparisons need them. Changes that are
 * over only add pairs to examine.
 */
const RECENT: Instant = civilTimeOf(2024, 1, 1);

const recentKinds = new WeakMap<TimeZone, Kinds>();

const CALENDAR_END = civilTimeOf(LAST_YEAR + 1, 1, 1) + 2 * DAY;

/** The changes of the clocks of zones from an instant on. */
export class ZoneChanges {
  private readonly lists = new Map<TimeZone, ChangesOfZone>();
  private readonly knownShifts = new Map<string, readonly number[]>();

  constructor(private readonly from: Instant) {}

  of(zone: TimeZone): ChangesOfZone {
    const known = this.lists.get(zone);
    if (known) return known;
    const made = new ChangesOfZone(zone, this.from);
    this.lists.set(zone, made);
    return made;
  }

  /**
   * The differences between the readings of the clocks of `a` and of `b` at the same instants, in milliseconds. There may
   * be further ones that never occur from the instant on.
   */
  shifts(a: TimeZone, b: TimeZone): readonly number[] {
    if (a === b) return [0];
    const key = `${a.name} ${b.name}`;
    const known = this.knownShifts.get(key);
    if (known) return known;
    const shifts = this.readShifts(a, b);
    this.knownShifts.set(key, shifts);
    return shifts;
  }

  private readShifts(a: TimeZone, b: TimeZone): readonly number[] {
    const changes = [...this.of(a).ofAllKinds, ...this.of(b).ofAllKinds];
    const instants = [this.from, ...changes.map(({ at }) => at)];
    return [...new Set(instants.map((at) => a.offsetAt(at) - b.offsetAt(at)))];
  }
}

/** The changes of the clocks of one zone from an instant on, up to the end of the calendar. */
export class ChangesOfZone {
  private readonly read: ClockChange[] = [];
  private knownKinds: Kinds | undefined = undefined;

  constructor(
    private readonly zone: TimeZone,
    private readonly from: Instant,
  ) {}

  /** The change with an index, by time; null if there are not so many. */
  at(index: number): ClockChange | null {
    while (this.read.length <= index) {
      const last = this.read.length === 0 ? this.from : this.read[this.read.length - 1].at;
      const next = this.next(last, CALENDAR_END);
      if (next === null) return null;
      this.read.push(next);
    }
    return this.read[index];
  }

  /** The changes of the years that differ. */
  get ofAllKinds(): readonly ClockChange[] {
    return this.kinds.changes;
  }

  /** The difference between the largest and the smallest offset of the zone, in milliseconds. */
  get spread(): number {
    return this.kinds.spread;
  }

  /**
   * Whether a change may skip or repeat a reading from a time of day up to `length` milliseconds later, at any date.
   */
  mayTouch(time: number, length: number): boolean {
    return this.kinds.times.some(
      ({ low, size }) => modulo(low - time, DAY) <= length || modulo(time - low, DAY) <= size,
    );
  }

  private get kinds(): Kinds {
    if (this.knownKinds) return this.knownKinds;
    const recent = this.from < RECENT ? undefined : recentKinds.get(this.zone);
    this.knownKinds = recent ?? this.readKinds(Math.min(this.from, RECENT));
    if (this.from >= RECENT) recentKinds.set(this.zone, this.knownKinds);
    return this.knownKinds;
  }

  private readKinds(from: Instant): Kinds {
    const changes: ClockChange[] = [];
    for (let change = this.next(from, FAR_FUTURE); change !== null; change = this.next(change.at, FAR_FUTURE))
      changes.push(change);
    const offsets = [from, ...changes.map(({ at }) => at)].map((at) => this.zone.offsetAt(at));
    const spread = Math.max(...offsets) - Math.min(...offsets);
    return { changes, times: timesOfDay(changes), spread };
  }

  private next(after: Instant, before: Instant): ClockChange | null {
    const at = this.zone.nextTransition(after, before);
    if (at === null) return null;
    const readings = [at + this.zone.offsetAt(at - 1), this.zone.toCivil(at)];
    return { at, low: Math.min(...readings), high: Math.max(...readings) };
  }
}

/** The times of day of changes, and the milliseconds that each skips or repeats. */
function timesOfDay(changes: readonly ClockChange[]): { low: number; size: number }[] {
  const found = new Map<string, { low: number; size: number }>();
  for (const change of changes) {
    const time = { low: modulo(change.low, DAY), size: change.high - change.low };
    found.set(`${time.low} ${time.size}`, time);
  }
  return [...found.values()];
}
