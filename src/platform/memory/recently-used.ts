/** A value that takes memory. */
export interface Sized {
  /** An estimate. It may rise while the value is kept; `set` measures the value again. */
  readonly bytes: number;
}

interface Kept<Value> {
  readonly value: Value;
  readonly bytes: number;
  /** Whether the value was used since the last search for one to remove. */
  used: boolean;
}

/**
 * Keeps values within a number of bytes. Beyond it, those go that were not used for the longest time: a value that was used
 * is passed over once, so that a read changes no order.
 */
export class RecentlyUsed<Value extends Sized, Key = string> {
  private readonly kept = new Map<Key, Kept<Value>>();
  private total = 0;

  constructor(readonly maxBytes: number) {}

  get bytes(): number {
    return this.total;
  }

  get(key: Key): Value | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    found.used = true;
    return found.value;
  }

  /** Keeps a value, or measures it anew, and removes others over the bound. */
  set(key: Key, value: Value): void {
    this.delete(key);
    const kept = { value, bytes: value.bytes, used: true };
    this.kept.set(key, kept);
    this.total += kept.bytes;
    if (this.total > this.maxBytes) this.shrink();
    kept.used = false;
  }

  delete(key: Key): void {
    this.total -= this.kept.get(key)?.bytes ?? 0;
    this.kept.delete(key);
  }

  private shrink(): void {
    // A value that is passed over comes again at the end.
    for (const [key, kept] of this.kept) {
      if (this.total <= this.maxBytes) return;
      if (kept.used) {
        kept.used = false;
        this.kept.delete(key);
        this.kept.set(key, kept);
      } else this.delete(key);
    }
  }
}
