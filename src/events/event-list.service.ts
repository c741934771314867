import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { decodePageToken, type Page, type PageKey, pageOf } from '../common/page/page.js';
import { windowOf } from '../common/window.dto.js';
import { type EventOccurrence, OccurrencesService } from '../scheduling/occurrences.service.js';
import { UsersService } from '../users/users.service.js';
import { AttendedEventsRepository } from './attended-events.repository.js';
import type { ListEventsDto } from './dto/list-events.dto.js';
import { type EventView, eventSeenBy } from './event.policy.js';

/** What is seen of an event, and when it takes place in a window. */
export interface ListedEvent {
  readonly view: EventView;
  readonly occurrences: readonly EventOccurrence[];
}

/** Lists what a user has in a window. */
@Injectable()
export class EventListService {
  constructor(
    private readonly events: AttendedEventsRepository,
    private readonly users: UsersService,
    private readonly occurrences: OccurrencesService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * One element an event, or with `expand` one an occurrence; by (first) occurrence.
   * @throws {DomainError} invalid; not-found `user_not_found`; limit-exceeded
   */
  async ofUser(userId: number, query: ListEventsDto): Promise<Page<ListedEvent>> {
    const window = windowOf(query);
    const after = decodePageToken(query.page_token, 3);
    const actor = this.currentActor.get();
    const attended = await this.events.inWindow(userId, window);
    // Who attends anything is there; only of others it has to be asked.
    if (attended.length === 0) await this.users.get(userId);
    const listed = attended
      .map((event) => ({
        view: eventSeenBy(actor, event),
        occurrences: this.occurrences.inWindow(event, window),
      }))
      .filter(({ occurrences }) => occurrences.length > 0)
      .flatMap((element) => (query.expand ? expanded(element) : [element]))
      .toSorted((a, b) => compareKeys(sortKey(a), sortKey(b)));
    const rest =
      after === null ? listed : listed.filter((element) => compareKeys(sortKey(element), after) > 0);
    return pageOf(rest, query.limit, sortKey);
  }
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
