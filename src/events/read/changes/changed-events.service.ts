import { Injectable } from '@nestjs/common';
import type { ChangedEvent } from '../../model/changes/event-change-record.js';
import { type ChangeName, PastEventsRepository } from '../../store/changes/past-events.repository.js';

/** Reads events as they were before and after changes. Does not check whether the current actor may see them. */
@Injectable()
export class ChangedEventsService {
  constructor(private readonly events: PastEventsRepository) {}

  /**
   * The events before and after changes, by the numbers of the changes, in one statement. A change that the log does not
   * have any more is left out. To read the newest changes of events costs least: the service undoes all later ones.
   */
  async ofChanges(changes: readonly ChangeName[]): Promise<ReadonlyMap<number, ChangedEvent>> {
    return this.events.ofChanges(changes);
  }
}
