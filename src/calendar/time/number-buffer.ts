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

  /** Appends `count` numbers from `first` on, `step` apart. */
  addSteps(first: number, step: number, count: number): void {
    const { values, size } = this;
    for (let index = 0; index < count; index += 1) values[size + index] = first + index * step;
    this.size = Math.max(size, size + count);
  }

  /** Appends the numbers of another buffer from index `from` to before index `to`, each plus `shift`. */
  addShifted(other: NumberBuffer, from: number, to: number, shift: number): void {
    const { values } = this;
    const { values: others } = other;
    let { size } = this;
    for (let index = from; index < to; index += 1) {
      values[size] = others[index] + shift;
      size += 1;
    }
    this.size = size;
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

/**
 * Returns the index of the first number of an ascending list that is at least `value`; its length if there is none.
 * @example indexFrom([2, 4], 3) // 1
 */
export function indexFrom(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
