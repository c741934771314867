import type { CalendarFile, ReadObject } from '../../calendar/icalendar/read/calendar-file.js';
import type { Effort } from '../../platform/work/long-work.js';

/** Objects of one transaction: enough that the cost of the transaction does not count, few enough that it is short. */
const OBJECTS_AT_ONCE = 200;

/** Bytes of the objects of one transaction. In memory, objects take some ten times as much as in the file. */
const BYTES_AT_ONCE = 1024 * 1024;

/** Units of `LongWork` that the reading of an object takes. */
const WORK_OF_OBJECT = 400;

/** The objects of a file, as many at a time as are written together, with pauses. @param bytes those of the file */
export async function* batchesOf(
  file: CalendarFile,
  bytes: Uint8Array,
  effort: Effort,
): AsyncGenerator<ReadObject[], void, undefined> {
  const atOnce = objectsAtOnce(bytes, file);
  let batch: ReadObject[] = [];
  for (const object of file.objects()) {
    batch.push(object);
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
 * @throws what `write` or the reading throws
 */
export async function withReadAhead<Batch>(
  batches: AsyncIterator<Batch, void, undefined>,
  write: (batch: Batch) => Promise<void>,
): Promise<void> {
  let batch = await batches.next();
  while (!batch.done) {
    const [written, next] = await Promise.allSettled([write(batch.value), batches.next()]);
    if (written.status === 'rejected') throw written.reason;
    if (next.status === 'rejected') throw next.reason;
    batch = next.value;
  }
}

/** The number of objects of a batch. */
function objectsAtOnce({ byteLength }: Uint8Array, { size }: Pick<CalendarFile, 'size'>): number {
  return Math.max(1, Math.min(OBJECTS_AT_ONCE, Math.floor((BYTES_AT_ONCE * size) / byteLength)));
}
