import { Injectable } from '@nestjs/common';
import { type Page, pageOf } from '../../../platform/page/page.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import type { EventView } from '../../model/event.policy.js';
import type { RecordedOccurrence } from '../../model/event-record.js';
import type { TimeForm } from '../../model/schedule/event-times.js';
import { EventsService } from '../events.service.js';
import { ReaderZonesService } from '../zones/reader-zones.service.js';
import type { OccurrenceListQuery } from './list-query.js';

/** A page of the occurrences of one event, and the view that the current actor has of the event. */
export interface ListedOccurrences {
  readonly view: EventView;
  /** The form of the times of the occurrences: of floating days in the zone of the actor. */
  readonly form: TimeForm;
  readonly page: Page<RecordedOccurrence>;
}

/** Lists the occurrences of one event. */
@Injectable()
export class OccurrenceListService {
  constructor(
    private readonly events: EventsService,
    private readonly occurrences: OccurrencesService,
    private readonly zones: ReaderZonesService,
  ) {}

  /**
   * The occurrences of an event in a window, by start and original start. Floating days are in the zone of the current
   * actor; for an actor that is no user, in that of the organizer.
   * @throws {DomainError} not-found `event_not_found`; limit-exceeded `too_many_occurrences`
   */
  async ofEvent(eventId: number, query: OccurrenceListQuery): Promise<ListedOccurrences> {
    const view = await this.events.see(eventId);
    const [afterStart, afterOriginal] = query.after ?? [-Infinity, -Infinity];
    const event = await this.zones.inZoneOfActor(view);
    const rest = this.occurrencesOf(view, event, query).filter(
      ({ start, originalStart }) =>
        start > afterStart || (start === afterStart && originalStart > afterOriginal),
    );
    return {
      view,
      form: event,
      page: pageOf(rest, query.limit, ({ start, originalStart }) => [start, originalStart]),
    };
  }

  /** Only an actor who sees the details sees cancelled occurrences. */
  private occurrencesOf(
    view: EventView,
    event: EventView['event'],
    { window, showCancelled }: OccurrenceListQuery,
  ): RecordedOccurrence[] {
    const cancelled = showCancelled && view.details;
    if (view.cancelled && !cancelled) return [];
    return this.occurrences.inWindow(event, window, { cancelled });
  }
}
