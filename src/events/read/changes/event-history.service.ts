import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { enforce } from '../../../access/decision.js';
import { CalendarAccessService } from '../../../calendars/read/calendar-access.service.js';
import { MAX_DELETED_EVENT_AGE } from '../../../changes/purge/change-purge.js';
import { notFound } from '../../../errors/domain-error.js';
import { Clock } from '../../../platform/clock/clock.js';
import { type Page, type PageKey, pageOf } from '../../../platform/page/page.js';
import { LongWork } from '../../../platform/work/long-work.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import {
  type DescribedChange,
  describeChange,
  describeDifferences,
} from '../../model/changes/described-change.js';
import type { ChangedEvent } from '../../model/changes/event-change-record.js';
import { differencesBetween, type EventDifferences } from '../../model/changes/event-differences.js';
import {
  actedFor,
  concernedOccurrences,
  type HistoryEntry,
  type PastView,
  withConcerned,
} from '../../model/changes/history-entry.js';
import {
  type EventView,
  mayChangeEvent,
  organizersCalendarOf,
  whyNotWritten,
} from '../../model/event.policy.js';
import type { EventRecord, PartialEventRecord } from '../../model/event-record.js';
import { EventHistoryRepository } from '../../store/changes/event-history.repository.js';
import { EventViewsService } from '../event-views.service.js';
import { EventsService } from '../events.service.js';
import { ChangedEventsService } from './changed-events.service.js';

/** @public The examples of the document have it. */
export const ONLY_READERS_OF_HISTORY =
  'Only its organizer, or a writer of the calendar, may read the history of an event.';

const WHY_NOT_READ =
  'A writer needs a grant that shows private events to read the history of a private event.';

/** Asks for one page. */
export interface HistoryQuery {
  readonly limit: number;
  readonly after: PageKey | null;
}

/** A state of an event before or after a change. */
interface State {
  readonly event: PartialEventRecord;
  readonly occurrences: readonly string[];
}

/** A change with the parts of the event that it concerns. */
interface ReadChange extends Pick<ChangedEvent, 'change'> {
  readonly described: DescribedChange;
  readonly actingForUserId: number | null;
  readonly before: State | null;
  readonly after: State | null;
}

/** Reads the history of events. */
@Injectable()
export class EventHistoryService {
  constructor(
    private readonly history: EventHistoryRepository,
    private readonly changed: ChangedEventsService,
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly access: CalendarAccessService,
    private readonly occurrences: OccurrencesService,
    private readonly longWork: LongWork,
    private readonly clock: Clock,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The changes of an event, the newest first. Each one shows what the current actor sees of the event before and after it.
   * @throws {DomainError} not-found `event_not_found`; forbidden @throws {UnauthenticatedError}
   */
  async ofEvent(id: number, { limit, after }: HistoryQuery): Promise<Page<HistoryEntry>> {
    await this.expectReader(id);
    const [before = null] = after ?? [];
    const names = await this.history.newest(id, before, limit + 1);
    const page = pageOf(names, limit, ({ sequence }) => [sequence]);
    const changes = await this.changed.ofChanges(page.items);
    const items = page.items.flatMap(({ sequence }) => changes.get(sequence) ?? []);
    return { next: page.next, items: await this.entriesOf(items) };
  }

  /** The organizer, writers and keys read the history; after a deletion, keys alone. */
  private async expectReader(id: number): Promise<void> {
    const actor = this.currentActor.get();
    const event = (await this.events.byId([id])).get(id);
    if (!event) {
      const isKept = actor.kind === 'key' && (await this.history.wasDeletedSince(id, this.oldestDeletion()));
      if (!isKept) throw notFound('event', id);
      return;
    }
    const calendarId = organizersCalendarOf(event);
    const access = (await this.access.to([calendarId]))(calendarId);
    const isPrivate = event.visibility === 'private';
    const decision = mayChangeEvent(actor, event, access, isPrivate);
    if (decision !== 'allow') await this.views.expectVisible(event);
    enforce(decision, whyNotWritten(access, isPrivate) ? WHY_NOT_READ : ONLY_READERS_OF_HISTORY);
  }

  /** Older deletions have lost the last state of the event, or will soon. */
  private oldestDeletion(): Date {
    return new Date(this.clock.now().getTime() - MAX_DELETED_EVENT_AGE);
  }

  private async entriesOf(changes: readonly ChangedEvent[]): Promise<HistoryEntry[]> {
    const read = await this.longWork.map(
      changes,
      (change) => this.concerned(change),
      ({ before, after }) => (before ?? after)?.attendees.length ?? 0,
    );
    const states = read.flatMap(({ before, after }) => [before ?? [], after ?? []].flat());
    const views = await this.views.viewsThrough(
      states.map(({ event }) => event),
      null,
    );
    const viewOf = new Map(states.map((state, index) => [state, views[index]]));
    return read.map(({ change, described, actingForUserId, ...state }) => {
      const before = this.pastView(state.before, viewOf);
      const after = this.pastView(state.after, viewOf);
      const isSeen = [before, after].every((past) => past === null || past.view.details);
      return {
        // Who answered, and who attends, are details of the event.
        change: isSeen ? change : { ...change, userId: null },
        action: isSeen || described.action !== 'answered' ? described.action : 'updated',
        actingForUserId: isSeen ? actingForUserId : null,
        before,
        after,
      };
    });
  }

  /** Leaves the attendees out whom the change does not concern: an event may have 1,000, and a page 1,000 changes. */
  private concerned({ change, before, after }: ChangedEvent): ReadChange {
    const differences = before && after && differencesBetween(before, after);
    const described = differences ? describeDifferences(differences) : describeChange(before, after);
    const organizerId = (before ?? after)?.organizerId ?? null;
    return {
      change,
      described,
      actingForUserId: organizerId === null ? null : actedFor(change, described, organizerId, differences),
      before: this.stateOf(before, differences),
      after: this.stateOf(after, differences),
    };
  }

  private stateOf(event: EventRecord | null, differences: EventDifferences | null): State | null {
    if (event === null) return null;
    if (differences === null) return { event, occurrences: event.overrides.map((one) => one.originalStart) };
    const actor = this.currentActor.get();
    const viewerId = actor.kind === 'user' ? actor.userId : null;
    return {
      event: withConcerned(event, differences, viewerId),
      occurrences: concernedOccurrences(differences),
    };
  }

  private pastView(state: State | null, viewOf: ReadonlyMap<State, EventView | null>): PastView | null {
    const view = state && (viewOf.get(state) ?? null);
    if (!view) return null;
    const occurrences = view.details
      ? state.occurrences.flatMap((key) => this.occurrences.withKey(view.event, key) ?? [])
      : [];
    return { view, occurrences };
  }
}
