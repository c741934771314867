import { Injectable } from '@nestjs/common';
import type { SeriesDefinition } from '../../calendar/recurrence/series/event-series.js';
import { splitSeries } from '../../calendar/recurrence/series/split-series.js';
import { formatCivilTime } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { type SeriesOverride, seriesDefinition } from '../../scheduling/occurrences/series-row.js';
import type { EventColumns, EventRecord, OverrideRecord, RecordedOccurrence } from '../model/event-record.js';
import { columnsOf } from '../store/event-columns.js';
import { EventsRepository } from '../store/events.repository.js';
import { OccurrenceExceptionsRepository } from '../store/occurrence-exceptions.repository.js';
import { RememberedDeclinesRepository } from '../store/remembered-declines.repository.js';

/** Cuts series in two; within a transaction that has locked the event. */
@Injectable()
export class SeriesSplitService {
  constructor(
    private readonly events: EventsRepository,
    private readonly exceptions: OccurrenceExceptionsRepository,
    private readonly declines: RememberedDeclinesRepository,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * Makes the occurrence and all that follow an event of their own, with attendees, answers and exceptions.
   * @returns its id; where nothing comes before the occurrence that of the event, which is left as it is
   */
  async from(event: EventRecord, occurrence: RecordedOccurrence): Promise<number> {
    const { before, after } = splitSeries(seriesDefinition(event), occurrence.originalCivilStart);
    if (before === null) return event.id;
    const laterId = await this.events.copy(event.id, columnsFrom(after));
    await this.exceptions.moveFrom(keyOf(occurrence), event.id, laterId);
    await this.declines.copy(event.id, laterId);
    await this.events.change(event.id, columnsFrom(before));
    this.feed.seriesSplit({
      fromEventId: event.id,
      toEventId: laterId,
      originalStart: keyOf(occurrence),
    });
    this.feed.eventChanged(event.id);
    this.feed.eventChanged(laterId);
    return laterId;
  }

  /** Ends the series before the occurrence; where nothing comes before it, deletes the event. */
  async endBefore(event: EventRecord, occurrence: RecordedOccurrence): Promise<void> {
    const { before } = splitSeries(seriesDefinition(event), occurrence.originalCivilStart);
    if (before === null) return this.events.delete(event.id);
    await this.exceptions.dropFrom(keyOf(occurrence), event.id);
    await this.events.change(event.id, columnsFrom(before));
    this.feed.eventChanged(event.id);
  }
}

function keyOf({ originalCivilStart }: RecordedOccurrence): string {
  return formatCivilTime(originalCivilStart);
}

function columnsFrom(definition: SeriesDefinition<SeriesOverride<OverrideRecord>>): Partial<EventColumns> {
  const startAt = timeZone(definition.timeZone).toInstant(definition.start);
  return columnsOf({ ...definition, startAt }, definition.overrides);
}
