import type { CachedCalendar } from './cached-calendar.js';

/** Keeps the calendars that were used last, within a number of bytes. */
export class RecentCalendars {
  /** The least recently used first. */
  private readonly kept = new Map<string, { readonly calendar: CachedCalendar; readonly bytes: number }>();
  private total = 0;

  constructor(readonly maxBytes: number) {}

  get bytes(): number {
    return this.total;
  }

  get size(): number {
    return this.kept.size;
  }

  get(key: string): CachedCalendar | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.calendar;
  }

  /** Keeps a calendar, or measures it anew, and removes the least recently used ones over the bound. */
  set(key: string, calendar: CachedCalendar): void {
    this.delete(key);
    const { bytes } = calendar;
    this.kept.set(key, { calendar, bytes });
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
