/**
 * A list of numbers that is filled many times. It keeps its memory when it is cleared, because growing is the largest
 * part of the cost of a list.
 * @example const buffer = new NumberBuffer(); buffer.add(7); buffer.values[0]; // 7, with buffer.size 1
 */
export class NumberBuffer {
  /** Valid below index `size`; numbers of an earlier filling may follow. */
  readonly values: number[] = [];
  size = 0;

  add(value: number): void {
    this.values[this.size] = value;
    this.size += 1;
  }

  clear(): void {
    this.size = 0;
  }

  toArray(): number[] {
    return this.values.slice(0, this.size);
  }
}
