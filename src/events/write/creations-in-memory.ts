import type { CreatedEventView } from '../model/booked-event.js';
import type { NewSeries } from '../model/commands.js';

/** Creates events by what the process knows of their users. `direct/` implements it by the code of this folder. */
export abstract class CreationsInMemory {
  /** @returns null: the event is not created, and `SeriesStore` has to create or refuse it */
  abstract create(series: NewSeries): Promise<CreatedEventView | null>;
}
