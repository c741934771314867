import type { CalendarFile, ReadObject } from '../../calendar/icalendar/read/calendar-file.js';
import type { Effort } from '../../platform/work/long-work.js';

/** Objects of one transaction: enough that the cost of the transaction does not count, few enough that it is short. */
const OBJECTS_AT_ONCE = 200;

/** Bytes of the objects of one transaction. In memory, objects take some ten times as much as in the file. */
const BYTES_AT_ONCE = 1024 * 1024;

/** Units of `LongWork` that the reading of an object takes. */
const WORK_OF_OBJECT = 400;

/**
 * The objects of a file, as many at a time as are written together, with pauses.
 * @param bytes those of the file
 * @param prepare makes of each object what is written
 */
export async function* batchesOf<Prepared>(
  file: CalendarFile,
  bytes: Uint8Array,
  effort: Effort,
  prepare: (object: ReadObject) => Prepared,
): AsyncGenerator<Prepared[], void, undefined> {
  const atOnce = objectsAtOnce(bytes, file);
  let batch: Prepared[] = [];
  for (const object of file.objects()) {
    batch.push(prepare(object));
    if (effort.spend(WORK_OF_OBJECT)) await effort.rest();
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * Writes batches one after the other. The next batch is read while PostgreSQL works on the present one, so two batches are in
 * memory. When the function returns or throws, no batch is being read or written any more.
 * @param write calls `readNext` before it sends PostgreSQL its longest statement. The reading begins after that statement is
 * sent. If `write` never calls it, the next batch is read after the present one is written.
 * @throws what `write` or the reading throws
 */
export async function withReadAhead<Batch>(
  batches: AsyncIterator<Batch, void, undefined>,
  write: (batch: Batch, readNext: () => void) => Promise<void>,
): Promise<void> {
  let batch = await batches.next();
  while (!batch.done) {
    const ahead = new ReadAhead(batches);
    const [written] = await Promise.allSettled([write(batch.value, () => ahead.begin())]);
    const [next] = await Promise.allSettled([ahead.end(written.status === 'fulfilled')]);
    if (written.status === 'rejected') throw written.reason;
    if (next.status === 'rejected') throw next.reason;
    if (next.value === null) return;
    batch = next.value;
  }
}

/** The reading of one batch. */
class ReadAhead<Batch> {
  private reading: Promise<IteratorResult<Batch, void>> | null = null;
  private readonly starts: NodeJS.Immediate[] = [];

  constructor(private readonly batches: AsyncIterator<Batch, void, undefined>) {}

  /** Lets the reading begin after what the caller does now. */
  begin(): void {
    const start = () => {
      // A rejection is reported by `end`.
      this.read().catch(() => undefined);
    };
    this.starts.push(setImmediate(start));
  }

  /** @param needed whether a reading that has not begun begins @returns the batch, when it is read; null: none was begun */
  async end(needed: boolean): Promise<IteratorResult<Batch, void> | null> {
    for (const start of this.starts) clearImmediate(start);
    return needed ? this.read() : this.reading;
  }

  private async read(): Promise<IteratorResult<Batch, void>> {
    this.reading ??= this.batches.next();
    return this.reading;
  }
}

/** The number of objects of a batch. */
function objectsAtOnce({ byteLength }: Uint8Array, { size }: Pick<CalendarFile, 'size'>): number {
  return Math.max(1, Math.min(OBJECTS_AT_ONCE, Math.floor((BYTES_AT_ONCE * size) / byteLength)));
}
