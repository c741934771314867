import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { type Interval, overlaps } from '../../calendar/intervals/interval.js';
import { MAX_OCCURRENCES } from '../../calendar/recurrence/series/recurrence-set.js';
import { decodePageToken, type Page } from '../../http/page/page.js';
import { windowOf } from '../../http/window.dto.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { DirectoryService } from '../../users/directory.service.js';
import { UsersService } from '../../users/users.service.js';
import type { EventView } from '../model/event.policy.js';
import type { EventRecord, RecordedOccurrence } from '../model/event-record.js';
import { type Participation, participationOf } from '../model/participation.js';
import type { ListEventsDto } from '../rest/dto/list-events.dto.js';
import { AttendedEventsRepository } from '../store/attended-events.repository.js';
import { EventViewsService } from './event-views.service.js';
import { ListCandidate, type ListCandidateOptions } from './list-candidate.js';
import { type ListedEvent, pageOfEvents, pageOfOccurrences } from './list-pages.js';
import { RedactedOrder } from './redacted-order.js';

type Shown = Pick<ListCandidateOptions, 'read' | 'after' | 'max' | 'partial'>;

/** Lists what a user has in a window. */
@Injectable()
export class EventListService {
  constructor(
    private readonly events: AttendedEventsRepository,
    private readonly users: UsersService,
    private readonly occurrences: OccurrencesService,
    private readonly views: EventViewsService,
    private readonly directory: DirectoryService,
    private readonly redactedOrder: RedactedOrder,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * One element an event, or with `expand` one an occurrence; by (first) occurrence. A page holds fewer than `limit`
   * elements where they are large. The list never fails because of what the user has been invited to.
   * @throws {DomainError} invalid; not-found `user_not_found`
   */
  async ofUser(userId: number, query: ListEventsDto): Promise<Page<ListedEvent>> {
    const window = windowOf(query);
    const after = decodePageToken(query.page_token, 3);
    const max = query.max_attendees ?? null;
    const cancelled = query.show_cancelled ?? false;
    await this.directory.expectVisible(userId);
    const asked = { actor: this.currentActor.get(), maxAttendees: max, cancelled };
    const attended = await this.events.inWindow(userId, window, asked);
    // Who attends anything is there; only of others it has to be asked.
    if (attended.length === 0) await this.users.get(userId);
    const views = await this.views.ofAll(attended);
    const candidates = this.candidatesIn(userId, attended, views, window, cancelled);
    const request = { after, limit: query.limit, selection: { max, first: userId } };
    return query.expand ? pageOfOccurrences(candidates, request) : pageOfEvents(candidates, request);
  }

  private candidatesIn(
    userId: number,
    attended: readonly EventRecord[],
    views: readonly EventView[],
    window: Interval,
    cancelled: boolean,
  ): ListCandidate[] {
    const redactedIds = views.flatMap((view) => (view.details ? [] : [view.event.id]));
    const places = this.redactedOrder.placesOf(userId, redactedIds);
    return attended.flatMap((event, index) => {
      const view = views[index];
      const participation = participationOf(event, userId);
      const shown = view.details
        ? this.shownInFull(event, participation, window, cancelled)
        : this.shownRedacted(event, participation, window);
      if (shown === null) return [];
      return [new ListCandidate({ ...shown, view, redactedPlace: placeOf(view, places) }, window)];
    });
  }

  /** A series that the user declined is not expanded: its first occurrence stands for it, or those accepted singly. */
  private shownInFull(
    event: EventRecord,
    participation: Participation,
    window: Interval,
    cancelled: boolean,
  ): Shown {
    const declined = participation.ofSeries === 'declined';
    if (declined && participation.attendsSingly) {
      const accepted = this.acceptedIn(event, participation, window);
      if (accepted.length > 0) return { ...shownOf(accepted), partial: true };
    }
    const read = (startsFrom: number) =>
      this.occurrences.eachInWindow(event, window, { startsFrom, cancelled });
    const after = (count: number) => this.occurrences.after(count, event, window, { cancelled });
    return { read, after, max: declined ? 1 : MAX_OCCURRENCES, partial: false };
  }

  /** The time that the event takes of the user: nothing that is cancelled or that the user declined. */
  private shownRedacted(event: EventRecord, participation: Participation, window: Interval): Shown | null {
    if (event.status === 'cancelled') return null;
    if (participation.ofSeries === 'declined') {
      return participation.attendsSingly ? shownOf(this.acceptedIn(event, participation, window)) : null;
    }
    if (!participation.declinesSingly) {
      return this.shownInFull(event, participation, window, false);
    }
    const { occurrences } = this;
    const read = function* (startsFrom: number) {
      for (const occurrence of occurrences.eachInWindow(event, window, { startsFrom })) {
        if (participation.at(occurrence) !== 'declined') yield occurrence;
      }
    };
    return { read, after: (count) => nth(read(-Infinity), count), max: MAX_OCCURRENCES, partial: false };
  }

  /** The occurrences in the window that the user answered on their own and did not decline, by start. */
  private acceptedIn(
    event: EventRecord,
    participation: Participation,
    window: Interval,
  ): RecordedOccurrence[] {
    return event.answers
      .map(({ originalStart }) => this.occurrences.withKey(event, originalStart))
      .filter((occurrence) => occurrence !== null)
      .filter((occurrence) => !occurrence.override?.cancelled && overlaps(occurrence, window))
      .filter((occurrence) => participation.at(occurrence) !== 'declined')
      .toSorted((a, b) => a.start - b.start || a.originalStart - b.originalStart);
  }
}

/** What a list shows of occurrences that were read already. */
function shownOf(occurrences: readonly RecordedOccurrence[]): Shown {
  return {
    read: (startsFrom) => occurrences.filter(({ start }) => start >= startsFrom),
    after: (count) => occurrences[count] ?? null,
    max: MAX_OCCURRENCES,
    partial: false,
  };
}

function nth(occurrences: Iterable<RecordedOccurrence>, count: number): RecordedOccurrence | null {
  let left = count;
  for (const occurrence of occurrences) {
    if (left === 0) return occurrence;
    left -= 1;
  }
  return null;
}

function placeOf(view: EventView, places: ReadonlyMap<number, number>): number | null {
  return view.details ? null : (places.get(view.event.id) as number);
}
