import { Injectable } from '@nestjs/common';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { repeats } from '../../scheduling/occurrences/series-record.js';
import type { DetailedEventView } from '../model/event.policy.js';
import type { RecordedOccurrence } from '../model/event-record.js';
import { EventViewsService } from '../read/event-views.service.js';
import { EventContentsRepository, type KeptOfEvent } from '../store/contents/event-contents.repository.js';
import { ExportedEventsRepository } from '../store/export/exported-events.repository.js';

/** Ids in memory at a time. */
const IDS_PER_READ = 10_000;

/** Events in memory at a time. Each may have a thousand attendees. */
const EVENTS_PER_READ = 20;

/** An event of a user, and those of its occurrences that differ from the series or that the user has answered. */
export interface ExportedEvent {
  readonly view: DetailedEventView;
  readonly occurrences: readonly RecordedOccurrence[];
  /** What the file of the event has; null: no file has it, or it is of another user. */
  readonly kept: KeptOfEvent | null;
}

/** Exports the events of a user as the current actor sees them. */
@Injectable()
export class UserEventsExportService {
  constructor(
    private readonly events: ExportedEventsRepository,
    private readonly contents: EventContentsRepository,
    private readonly views: EventViewsService,
    private readonly occurrences: OccurrencesService,
  ) {}

  /** All events that the user organizes or attends, by id. An event that changes meanwhile may be left out. */
  async *ofUser(userId: number): AsyncGenerator<ExportedEvent[], void, undefined> {
    for (let after = 0; ; ) {
      const ids = await this.events.idsOf(userId, after, IDS_PER_READ);
      for (let index = 0; index < ids.length; index += EVENTS_PER_READ) {
        const records = await this.events.withIds(ids.slice(index, index + EVENTS_PER_READ));
        const attended = records.filter(({ attendees }) => attendees.some((each) => each.userId === userId));
        const views = await this.views.viewsOf(attended);
        const own = attended.flatMap(({ id, organizerId }) => (organizerId === userId ? [id] : []));
        const kept = await this.contents.of(own);
        yield views.flatMap((view) =>
          view.details
            ? [
                {
                  view,
                  occurrences: this.changedOccurrences(view, userId),
                  kept: kept.get(view.event.id) ?? null,
                },
              ]
            : [],
        );
      }
      if (ids.length < IDS_PER_READ) return;
      after = ids.at(-1) ?? after;
    }
  }

  /** Those of the events that the current actor sees in full. */
  async seenOf(ids: readonly number[]): Promise<ReadonlySet<number>> {
    const seen = new Set<number>();
    for (let index = 0; index < ids.length; index += EVENTS_PER_READ) {
      const records = await this.events.withIds(ids.slice(index, index + EVENTS_PER_READ));
      for (const { details, event } of await this.views.viewsOf(records)) if (details) seen.add(event.id);
    }
    return seen;
  }

  private changedOccurrences({ event }: DetailedEventView, userId: number): RecordedOccurrence[] {
    if (!repeats(event)) return [];
    const own = event.answers.filter((answer) => answer.userId === userId);
    const keys = new Set([...event.overrides, ...own].map(({ originalStart }) => originalStart));
    return [...keys].toSorted().flatMap((key) => this.occurrences.withKey(event, key) ?? []);
  }
}
