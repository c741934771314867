import type { Sized } from '../../../platform/memory/recently-used.js';
import type { Page } from '../../../platform/page/page.js';
import type { ListedWindow } from '../../store/kept/kept-events.repository.js';
import type { KeptEvent } from './kept-event.js';
import type { ListedEvent } from './list-pages.js';

/** Estimates of the bytes that parts take in the heap. */
const BYTES = { window: 400, id: 8, page: 300, element: 500, occurrence: 400 } as const;

/** Pages of one window for different callers and parameters. With more, all of them go. */
const MAX_PAGES = 4;

/** Occurrences of a page above which it is not kept: a page with so many is large, and is asked for once. */
const MAX_OCCURRENCES = 1_000;

/** A page, and the events from which it was made. */
interface KeptPage {
  readonly from: readonly KeptEvent[];
  readonly page: Page<ListedEvent>;
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

  /** The page of this name, of a caller and its parameters, that was made from the same events. */
  page(name: string, from: readonly KeptEvent[]): Page<ListedEvent> | undefined {
    const kept = this.pages.get(name);
    const isSame =
      kept?.from.length === from.length && kept.from.every((event, index) => event === from[index]);
    return isSame ? kept.page : undefined;
  }

  keepPage(name: string, from: readonly KeptEvent[], page: Page<ListedEvent>): void {
    const occurrences = page.items.reduce((sum, item) => sum + item.occurrences.length, 0);
    if (occurrences > MAX_OCCURRENCES) return;
    this.pageBytes -= this.pages.get(name)?.bytes ?? 0;
    this.pages.delete(name);
    if (this.pages.size === MAX_PAGES) {
      this.pages.clear();
      this.pageBytes = 0;
    }
    const bytes = BYTES.page + BYTES.element * from.length + BYTES.occurrence * occurrences;
    this.pages.set(name, { from, page, bytes });
    this.pageBytes += bytes;
    this.onGrowth?.();
  }
}

/** Names a list within a tenant. */
export function nameOfWindow({ of, id, window: { start, end }, cancelled }: ListedWindow): string {
  return `${of} ${id} ${start} ${end} ${cancelled}`;
}
