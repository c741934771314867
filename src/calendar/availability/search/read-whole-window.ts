import type { Interval } from '../../intervals/interval.js';
import { MAX_WINDOW } from '../../recurrence/series/recurrence-set.js';
import type { FreeIntervalQuery } from '../free-interval-query.js';
import type { BusyInPart } from './busy-in-part.js';
import { partsOf, type ReadCalendars } from './nearest-free-intervals.js';

/**
 * Reads the calendars of a whole window, widened by the buffers, part by part, in order of time.
 *
 * @param take gets each part of the window, with the busy time in it and in its buffers
 * @throws all that `readCalendars`, `busyIn` and `take` throw
 * @example await readWholeWindow(window, query, readCalendars, (part, calendars) => extendAll(everyone, part, calendars));
 */
export async function readWholeWindow(
  window: Interval,
  { bufferBefore, bufferAfter }: Pick<FreeIntervalQuery, 'bufferBefore' | 'bufferAfter'>,
  readCalendars: ReadCalendars,
  take: (part: Interval, calendars: BusyInPart) => void,
): Promise<void> {
  const widened = ({ start, end }: Interval) => ({ start: start - bufferBefore, end: end + bufferAfter });
  for (const block of partsOf(window, MAX_WINDOW - bufferBefore - bufferAfter)) {
    const calendars = await readCalendars(widened(block));
    for (const part of partsOf(block, calendars.partLength)) {
      const around = widened(part);
      take(part, {
        busy: await calendars.busyIn(around),
        hidden: await calendars.hiddenIn?.(around),
        held: await calendars.heldIn?.(around),
      });
    }
  }
}
