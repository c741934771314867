import type { Instant } from '../../time/civil-time.js';

/** The first occurrences of an event that are found to conflict, by start, each once. They are found in any order. */
export class FoundOccurrences {
  private readonly found: { start: Instant; originalStart: Instant }[] = [];
  private readonly originals = new Set<Instant>();

  /** @param from a conflict that is over by this instant does not count @param limit the number of occurrences that are kept */
  constructor(
    readonly from: Instant,
    private readonly limit: number,
  ) {}

  /** The start of the last occurrence that is kept if there are enough; else infinity. Occurrences after it are of no use. */
  get bound(): Instant {
    return this.found.length < this.limit ? Infinity : this.found[this.limit - 1].start;
  }

  get originalStarts(): readonly Instant[] {
    return this.found.map(({ originalStart }) => originalStart);
  }

  add(start: Instant, originalStart: Instant): void {
    if (this.originals.has(originalStart) || start >= this.bound) return;
    this.originals.add(originalStart);
    let place = this.found.length;
    while (place > 0 && this.found[place - 1].start > start) place -= 1;
    this.found.splice(place, 0, { start, originalStart });
    if (this.found.length > this.limit) this.found.length = this.limit;
  }
}
