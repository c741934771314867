import { Injectable } from '@nestjs/common';
import { GuestsRepository } from '../store/attendees/guests.repository.js';
import { NewEventsRepository } from '../store/batch/new-events.repository.js';
import { EventContentsRepository } from '../store/contents/event-contents.repository.js';
import { OccurrenceRecordsRepository } from '../store/occurrence-records.repository.js';
import type { NewSeriesRecords } from './new-series-records.js';

/** Saves the rows of new series, in a number of statements that depends neither on their number nor on their size. */
@Injectable()
export class NewSeriesRows {
  constructor(
    private readonly newEvents: NewEventsRepository,
    private readonly occurrenceRecords: OccurrenceRecordsRepository,
    private readonly guests: GuestsRepository,
    private readonly contents: EventContentsRepository,
  ) {}

  /** @returns the ids of the events, in the order of the records */
  async insert(records: readonly NewSeriesRecords[]): Promise<number[]> {
    const ids = await this.newEvents.add(records);
    await this.insertParts(records, ids);
    return ids;
  }

  /** Saves all that belongs to events but the events and their attendees. @param ids those of the events */
  async insertParts(records: readonly NewSeriesRecords[], ids: readonly number[]): Promise<void> {
    const ofEvents = <T extends object>(rowsOf: (one: NewSeriesRecords) => readonly T[]) =>
      records.flatMap((one, index) => rowsOf(one).map((row) => Object.assign({ eventId: ids[index] }, row)));
    await this.guests.add(ofEvents(({ guests, imported }) => [...guests, ...(imported?.guests ?? [])]));
    await this.occurrenceRecords.addOverrides(
      ofEvents(({ overrides, imported }) =>
        overrides.map((override) => ({
          ...override,
          content: imported?.contentOfOccurrences.get(override.originalStart) ?? null,
        })),
      ),
    );
    await this.occurrenceRecords.addAnswers(ofEvents(({ answers }) => answers));
    await this.contents.add(
      ofEvents(({ imported }) => (imported?.content ? [{ content: imported.content }] : [])),
    );
  }
}
