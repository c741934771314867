import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { SECOND } from '../../../calendar/time/civil-time.js';
import type { Page } from '../../../platform/page/page.js';
import { inZoneOfReader } from '../../../scheduling/occurrences/floating-days.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { DirectoryService } from '../../../users/read/directory.service.js';
import { UsersService } from '../../../users/read/users.service.js';
import type { DetailedEventView } from '../../model/event.policy.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import type { EventSearch } from '../../model/search/event-search.js';
import { EventSearchRepository, firstStartOf } from '../../store/search/event-search.repository.js';
import type { Searcher } from '../../store/search/search-conditions.js';
import { attendeesShown, selectionFor } from '../attendees-shown.js';
import { EventViewsService } from '../event-views.service.js';
import { MAX_ATTENDEES_IN_PAGE } from '../lists/list-pages.js';
import { ReaderZonesService } from '../zones/reader-zones.service.js';

/**
 * Events that one statement of a search reads. A series whose span overlaps the window may have no occurrence in it, so
 * a page may need several statements.
 */
const EVENTS_PER_STATEMENT = 200;

/** A page ends after this many statements, also if it has fewer elements than `limit`. */
const MAX_STATEMENTS = 10;

/** Searches events by their contents. */
@Injectable()
export class EventSearchService {
  constructor(
    private readonly events: EventSearchRepository,
    private readonly views: EventViewsService,
    private readonly occurrences: OccurrencesService,
    private readonly directory: DirectoryService,
    private readonly users: UsersService,
    private readonly zones: ReaderZonesService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The events that the current actor sees in full and that match, by the start of their first occurrence, then by id. A
   * page of large elements, or of a search with few matches, has fewer than `limit`.
   * @throws {DomainError} not-found `user_not_found`, naming `organizer` or `attendee`
   */
  async find(search: EventSearch): Promise<Page<DetailedEventView>> {
    await this.expectUsers(search);
    const items: DetailedEventView[] = [];
    let attendees = 0;
    let { after } = search;
    for (let statement = 1; statement <= MAX_STATEMENTS; statement += 1) {
      const limit = Math.min(EVENTS_PER_STATEMENT, search.limit - items.length + 1);
      const found = await this.events.find({ ...search, after, limit }, this.searcher());
      const zone = found.some(({ floating }) => floating) ? await this.zones.ofActor() : null;
      for (const view of await this.views.viewsOf(found)) {
        if (
          !view.details ||
          !this.takesPlace(inZoneOfReader(view.event, zone ?? view.organizerTimeZone), search)
        )
          continue;
        const shown = attendeesShown(view.event, selectionFor(view, search.maxAttendees ?? undefined));
        attendees += shown.attendees.length;
        const isFull =
          items.length === search.limit || (attendees > MAX_ATTENDEES_IN_PAGE && items.length > 0);
        if (isFull) return { items, next: keyOf(items[items.length - 1].event) };
        items.push(view);
      }
      if (found.length < limit) return { items, next: null };
      after = keyOf(found[found.length - 1]);
    }
    return { items, next: after };
  }

  /** The users by whom the caller searches. The response to an id that the caller does not see is that to no user's id. */
  private async expectUsers({ organizerId, attendeeId }: EventSearch): Promise<void> {
    const named = {
      ...(organizerId !== null && { organizer: [organizerId] }),
      ...(attendeeId !== null && { attendee: [attendeeId] }),
    };
    await this.directory.expectAllVisible(named);
    for (const [field, ids] of Object.entries(named)) await this.users.getAll(ids, field);
  }

  private takesPlace(event: PartialEventRecord, search: EventSearch): boolean {
    const { from, to } = search;
    if (from === null && to === null) return true;
    // Before the event, so that the window is not empty.
    const window = { start: from ?? event.startAt.getTime() - SECOND, end: to ?? Infinity };
    return this.occurrences.after(0, event, window) !== null;
  }

  private searcher(): Searcher {
    const actor = this.currentActor.get();
    if (actor.kind !== 'user') return { kind: actor.kind };
    return { kind: 'user', userId: actor.userId, seesEverybody: this.directory.seesEverybody() };
  }
}

function keyOf(event: PartialEventRecord): readonly number[] {
  return [firstStartOf(event), event.id];
}
