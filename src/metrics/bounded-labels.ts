/**
 * Gives the values of a label, of which there are at most `limit`. A process keeps a time series for each value until it
 * ends, so callers must not be able to make any number of them.
 */
export class BoundedLabels {
  private readonly known = new Set<string>();

  constructor(
    private readonly limit: number,
    private readonly rest: string,
  ) {}

  /** The value itself, or `rest` if it comes after `limit` others. */
  of(value: string): string {
    if (this.known.has(value)) return value;
    if (this.known.size >= this.limit) return this.rest;
    this.known.add(value);
    return value;
  }
}
