import { Injectable } from '@nestjs/common';
import { formatCivilTime } from '../calendar/civil-time.js';
import type { SeriesDefinition } from '../calendar/event-series.js';
import { splitSeries } from '../calendar/series-edit.js';
import { timeZone } from '../calendar/time-zone.js';
import { ChangeFeed } from '../common/changes/change-feed.js';
import type { EventOccurrence } from '../scheduling/occurrences.service.js';
import { type SeriesOverride, seriesDefinition } from '../scheduling/series.js';
import type { Event } from './event.entity.js';
import { columnsOf } from './event-columns.js';
import type { EventRecord } from './event-record.js';
import { EventsRepository } from './events.repository.js';
import { OccurrenceExceptionsRepository } from './occurrence-exceptions.repository.js';
import { RememberedDeclinesRepository } from './remembered-declines.repository.js';
import type { Schedule } from './schedule.js';

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
  async from(event: EventRecord, occurrence: EventOccurrence): Promise<number> {
    const { before, after } = splitSeries(seriesDefinition(event), occurrence.originalCivilStart);
    if (before === null) return event.id;
    const laterId = await this.events.copy(event.id, columnsFrom(after, event));
    await this.exceptions.moveFrom(keyOf(occurrence), event.id, laterId);
    await this.declines.copy(event.id, laterId);
    await this.events.change(event.id, columnsFrom(before, event));
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
  async endBefore(event: EventRecord, occurrence: EventOccurrence): Promise<void> {
    const { before } = splitSeries(seriesDefinition(event), occurrence.originalCivilStart);
    if (before === null) return this.events.delete(event.id);
    await this.exceptions.dropFrom(keyOf(occurrence), event.id);
    await this.events.change(event.id, columnsFrom(before, event));
    this.feed.eventChanged(event.id);
  }
}

function keyOf({ originalCivilStart }: EventOccurrence): string {
  return formatCivilTime(originalCivilStart);
}

function columnsFrom(
  definition: SeriesDefinition<SeriesOverride>,
  { duration }: EventRecord,
): Partial<Event> {
  const startAt = timeZone(definition.timeZone).toInstant(definition.start);
  const schedule: Schedule = { ...definition, startAt, duration };
  return columnsOf(schedule, definition.overrides);
}
