import type { Sized } from '../../../platform/memory/recently-used.js';
import type { ListedWindow } from '../../store/kept/kept-events.repository.js';
import type { KeptEvent } from './kept-event.js';

/** Estimates of the bytes that parts take in the heap. */
const BYTES = { window: 400, id: 8, page: 300 } as const;

/** Pages of one window for different callers and parameters. With more, all of them go. */
const MAX_PAGES = 4;

/** A page above this size is not kept: it has thousands of occurrences, and is asked for once. */
const MAX_PAGE_BYTES = 250_000;

/** A page as it was rendered, and the events from which it was made. */
interface KeptPage {
  readonly from: readonly KeptEvent[];
  readonly rendered: Sized;
  readonly bytes: number;
}

/** Which events a list has in a window, and pages of it. */
export class KeptWindow implements Sized {
  /** Is called after `bytes` has risen. */
  onGrowth: (() => void) | null = null;
  private readonly pages = new Map<string, KeptPage>();
  private pageBytes = 0;

  /** @param moment the list has all that was known then */
  constructor(
    readonly ownerId: number,
    readonly eventIds: readonly number[],
    public moment: number,
  ) {}

  get bytes(): number {
    return BYTES.window + BYTES.id * this.eventIds.length + this.pageBytes;
  }

  /** The page of this name, of a caller and its parameters, that was rendered from the same events. */
  page(name: string, from: readonly KeptEvent[]): Sized | undefined {
    const kept = this.pages.get(name);
    const isSame =
      kept?.from.length === from.length && kept.from.every((event, index) => event === from[index]);
    return isSame ? kept.rendered : undefined;
  }

  keepPage(name: string, from: readonly KeptEvent[], rendered: Sized): void {
    const bytes = BYTES.page + BYTES.id * from.length + rendered.bytes;
    if (bytes > MAX_PAGE_BYTES) return;
    this.pageBytes -= this.pages.get(name)?.bytes ?? 0;
    this.pages.delete(name);
    if (this.pages.size === MAX_PAGES) {
      this.pages.clear();
      this.pageBytes = 0;
    }
    this.pages.set(name, { from, rendered, bytes });
    this.pageBytes += bytes;
    this.onGrowth?.();
  }
}

/** Names a list within a tenant. */
export function nameOfWindow({ of, id, window: { start, end }, cancelled }: ListedWindow): string {
  return `${of} ${id} ${start} ${end} ${cancelled}`;
}
