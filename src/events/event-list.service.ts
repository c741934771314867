import { Injectable } from '@nestjs/common';
import type { Interval } from '../calendar/interval.js';
import { DomainError } from '../common/domain-error.js';
import { decodePageToken, type Page, type PageKey, pageOf } from '../common/page/page.js';
import { windowOf } from '../common/window.dto.js';
import { type EventOccurrence, OccurrencesService } from '../scheduling/occurrences.service.js';
import { DirectoryService } from '../users/directory.service.js';
import { UsersService } from '../users/users.service.js';
import { AttendedEventsRepository } from './attended-events.repository.js';
import type { ListEventsDto } from './dto/list-events.dto.js';
import type { EventView } from './event.policy.js';
import type { EventRecord } from './event-record.js';
import { EventViewsService } from './event-views.service.js';

/** What is seen of an event, and when it takes place in a window. */
export interface ListedEvent {
  readonly view: EventView;
  readonly occurrences: readonly EventOccurrence[];
}

interface Occurring {
  readonly event: EventRecord;
  readonly occurrences: readonly EventOccurrence[];
}

/** The whole window is sorted before it is paged: a hundred daily series in a year, which no view can show. */
const MAX_OCCURRENCES_IN_WINDOW = 40_000;

/** Lists what a user has in a window. */
@Injectable()
export class EventListService {
  constructor(
    private readonly events: AttendedEventsRepository,
    private readonly users: UsersService,
    private readonly occurrences: OccurrencesService,
    private readonly views: EventViewsService,
    private readonly directory: DirectoryService,
  ) {}

  /**
   * One element an event, or with `expand` one an occurrence; by (first) occurrence.
   * @throws {DomainError} invalid; not-found `user_not_found`; limit-exceeded
   */
  async ofUser(userId: number, query: ListEventsDto): Promise<Page<ListedEvent>> {
    const window = windowOf(query);
    const after = decodePageToken(query.page_token, 3);
    await this.directory.expectVisible(userId);
    const attended = await this.events.inWindow(userId, window);
    // Who attends anything is there; only of others it has to be asked.
    if (attended.length === 0) await this.users.get(userId);
    const occurring = this.occurring(attended, window);
    const views = await this.views.ofAll(occurring.map(({ event }) => event));
    const listed = occurring
      .map(({ occurrences }, index) => ({ view: views[index], occurrences }))
      .flatMap((element) => (query.expand ? expanded(element) : [element]))
      .toSorted((a, b) => compareKeys(sortKey(a), sortKey(b)));
    const rest =
      after === null ? listed : listed.filter((element) => compareKeys(sortKey(element), after) > 0);
    return pageOf(rest, query.limit, sortKey);
  }

  /** Those of the events that take place in the window, each with when it does. */
  private occurring(events: readonly EventRecord[], window: Interval): Occurring[] {
    const occurring: Occurring[] = [];
    let count = 0;
    for (const event of events) {
      const occurrences = this.occurrences.inWindow(event, window);
      if (occurrences.length > 0) occurring.push({ event, occurrences });
      count += occurrences.length;
      if (count > MAX_OCCURRENCES_IN_WINDOW) throw tooManyOccurrences();
    }
    return occurring;
  }
}

function tooManyOccurrences(): DomainError {
  const message = `makes a window with more than ${MAX_OCCURRENCES_IN_WINDOW} occurrences: ask for a shorter one`;
  return new DomainError('limit-exceeded', 'too_many_occurrences', `to: ${message}`, [
    { field: 'to', message },
  ]);
}

function expanded({ view, occurrences }: ListedEvent): ListedEvent[] {
  return occurrences.map((occurrence) => ({ view, occurrences: [occurrence] }));
}

function sortKey({ view: { event }, occurrences: [first] }: ListedEvent): PageKey {
  return [first.start, event.id, first.originalStart];
}

function compareKeys(a: PageKey, b: PageKey): number {
  const different = a.findIndex((value, index) => value !== b[index]);
  return different === -1 ? 0 : a[different] - b[different];
}
