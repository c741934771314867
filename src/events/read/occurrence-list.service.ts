import { Injectable } from '@nestjs/common';
import type { Interval } from '../../calendar/intervals/interval.js';
import { decodePageToken, type Page, pageOf } from '../../http/page/page.js';
import { windowOf } from '../../http/window.dto.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import type { EventView } from '../model/event.policy.js';
import type { RecordedOccurrence } from '../model/event-record.js';
import type { ListOccurrencesDto } from '../rest/dto/list-occurrences.dto.js';
import { EventsService } from './events.service.js';

/** Lists when one event takes place. */
@Injectable()
export class OccurrenceListService {
  constructor(
    private readonly events: EventsService,
    private readonly occurrences: OccurrencesService,
  ) {}

  /** @throws {DomainError} invalid; not-found `event_not_found`; limit-exceeded */
  async ofEvent(
    eventId: number,
    query: ListOccurrencesDto,
  ): Promise<{ view: EventView; page: Page<RecordedOccurrence> }> {
    const window = windowOf(query);
    const [afterStart, afterOriginal] = decodePageToken(query.page_token, 2) ?? [-Infinity, -Infinity];
    const view = await this.events.see(eventId);
    const rest = this.occurrencesOf(view, window, query.show_cancelled ?? false).filter(
      ({ start, originalStart }) =>
        start > afterStart || (start === afterStart && originalStart > afterOriginal),
    );
    return { view, page: pageOf(rest, query.limit, ({ start, originalStart }) => [start, originalStart]) };
  }
  /** What is cancelled is shown to callers who see the details, if they ask for it. */
  private occurrencesOf(view: EventView, window: Interval, showCancelled: boolean): RecordedOccurrence[] {
    const cancelled = showCancelled && view.details;
    if (view.cancelled && !cancelled) return [];
    return this.occurrences.inWindow(view.event, window, { cancelled });
  }
}
