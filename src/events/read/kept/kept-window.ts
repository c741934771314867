import type { Sized } from '../../../platform/memory/recently-used.js';
import type { ListedWindow } from '../../store/kept/kept-events.repository.js';

/** Estimates of the bytes that parts take in the heap. */
const BYTES = { window: 400, id: 8 } as const;

/** Which events a list has in a window. */
export class KeptWindow implements Sized {
  /** @param moment the list has all that was known then */
  constructor(
    readonly ownerId: number,
    readonly eventIds: readonly number[],
    public moment: number,
  ) {}

  get bytes(): number {
    return BYTES.window + BYTES.id * this.eventIds.length;
  }
}

/** Names a list within a tenant. */
export function nameOfWindow({ of, id, window: { start, end }, cancelled }: ListedWindow): string {
  return `${of} ${id} ${start} ${end} ${cancelled}`;
}
