/** Random numbers of a seed (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** A number from 0 to below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of a list that is not empty. */
  one<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)];
  }

  /** One of the list; undefined: the list is empty. */
  oneIfAny<T>(list: readonly T[]): T | undefined {
    return list.length > 0 ? this.one(list) : undefined;
  }

  /** So many of the list, in a random order; all if it has fewer. */
  some<T>(list: readonly T[], count = list.length): T[] {
    return list
      .map((item) => ({ item, order: this.next() }))
      .toSorted((a, b) => a.order - b.order)
      .slice(0, count)
      .map(({ item }) => item);
  }
}
