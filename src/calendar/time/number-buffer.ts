/**
 * A list of numbers that is filled anew many times: it keeps its room when cleared, for growing is most of what a
 * list of numbers costs.
 * @example const run = new NumberBuffer(); run.add(7); run.values[0]; // 7, of run.size 1
 */
export class NumberBuffer {
  /** Valid up to `size`; beyond it stands what an earlier filling left. */
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
