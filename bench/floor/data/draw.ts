import { random } from '../../scheduling/dataset.js';

/** Draws values at random. Equal seeds draw equal values. */
export class Draw {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = random(seed);
  }

  /** A whole number from `least` to `most`, both inclusive. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.int(0, values.length - 1)];
  }

  /** @param weighted values, each with its share; the shares need no certain sum */
  weighted<Value>(weighted: readonly (readonly [value: Value, share: number])[]): Value {
    const sum = weighted.reduce((total, [, share]) => total + share, 0);
    let left = this.next() * sum;
    for (const [value, share] of weighted) {
      left -= share;
      if (left < 0) return value;
    }
    return weighted[weighted.length - 1][0];
  }

  /** Different values, in the order of their draws. */
  sample<Value>(values: readonly Value[], count: number): Value[] {
    const left = [...values];
    return Array.from({ length: Math.min(count, left.length) }, () => {
      const [drawn] = left.splice(this.int(0, left.length - 1), 1);
      return drawn;
    });
  }
}
