import { civilTimeOf, DAY, type Instant, LAST_YEAR, modulo } from '../../time/civil-time.js';
import type { TimeZone } from '../../time/time-zone.js';
import { FAR_FUTURE, YEARS_OF_ALL_KINDS } from '../../time/zone-transitions.js';

/** A change of the clocks of a zone. */
export interface ClockChange {
  readonly at: Instant;
  /** The readings that are skipped or repeated: from the earlier to the later of those before and after the change. */
  readonly low: number;
  readonly high: number;
}

const CALENDAR_END = civilTimeOf(LAST_YEAR + 1, 1, 1) + 2 * DAY;

/** The changes of the clocks of zones from an instant on. */
export class ZoneChanges {
  private readonly lists = new Map<TimeZone, ChangesOfZone>();

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
    const changes = [...this.of(a).ofAllKinds, ...this.of(b).ofAllKinds];
    const instants = [this.from, ...changes.map(({ at }) => at)];
    return [...new Set(instants.map((at) => a.offsetAt(at) - b.offsetAt(at)))];
  }
}

/** The changes of the clocks of one zone from an instant on, up to the end of the calendar. */
export class ChangesOfZone {
  private readonly read: ClockChange[] = [];
  private knownKinds: readonly ClockChange[] | undefined = undefined;
  private knownTimes: readonly { low: number; size: number }[] | undefined = undefined;

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

  /** The changes of the years that differ. All later years repeat one of them (`ZoneTransitions`). */
  get ofAllKinds(): readonly ClockChange[] {
    return (this.knownKinds ??= this.readKinds());
  }

  /**
   * Whether a change may skip or repeat a reading from a time of day up to `length` milliseconds later, at any date.
   */
  mayTouch(time: number, length: number): boolean {
    this.knownTimes ??= timesOfDay(this.ofAllKinds);
    return this.knownTimes.some(
      ({ low, size }) => modulo(low - time, DAY) <= length || modulo(time - low, DAY) <= size,
    );
  }

  /** The difference between the largest and the smallest offset of the zone, in milliseconds. */
  get spread(): number {
    const offsets = [this.from, ...this.ofAllKinds.map(({ at }) => at)].map((at) => this.zone.offsetAt(at));
    return Math.max(...offsets) - Math.min(...offsets);
  }

  private readKinds(): ClockChange[] {
    const changes: ClockChange[] = [];
    let last = Math.min(this.from, FAR_FUTURE - YEARS_OF_ALL_KINDS * 366 * DAY);
    for (;;) {
      const change = this.next(last, FAR_FUTURE);
      if (change === null) return changes;
      changes.push(change);
      last = change.at;
    }
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
