/**
 * A list of numbers that is filled many times. `clear` keeps the memory, because growing is the largest part of the
 * cost of a list.
 * @example const buffer = new NumberBuffer(); buffer.add(7); buffer.values[0]; // 7, with buffer.size 1
 */
export class NumberBuffer {
  /** Valid below index `size`; numbers from before the last `clear` may follow. */
  readonly values: number[] = [];
  size = 0;

  /** Appends a number. */
  add(value: number): void {
    this.values[this.size] = value;
    this.size += 1;
  }

  /** Removes all numbers and keeps the memory. */
  clear(): void {
    this.size = 0;
  }

  /** Returns a copy of the numbers; `[]` if there are none. */
  toArray(): number[] {
    return this.values.slice(0, this.size);
  }
}
