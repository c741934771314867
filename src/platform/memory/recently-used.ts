/** A value that takes memory. */
export interface Sized {
  /** An estimate. It may rise while the value is kept; `set` measures the value again. */
  readonly bytes: number;
}

/** Keeps the values that were used last, within a number of bytes. */
export class RecentlyUsed<Value extends Sized> {
  /** The least recently used first. */
  private readonly kept = new Map<string, { readonly value: Value; readonly bytes: number }>();
  private total = 0;

  constructor(readonly maxBytes: number) {}

  get bytes(): number {
    return this.total;
  }

  get(key: string): Value | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.value;
  }

  /** Keeps a value, or measures it anew, and removes the least recently used ones over the bound. */
  set(key: string, value: Value): void {
    this.delete(key);
    const { bytes } = value;
    this.kept.set(key, { value, bytes });
    this.total += bytes;
    for (const oldest of this.kept.keys()) {
      if (this.total <= this.maxBytes) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.total -= this.kept.get(key)?.bytes ?? 0;
    this.kept.delete(key);
  }
}
