import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { notFound } from '../common/domain-error.js';
import type { Precondition } from '../common/precondition/precondition.js';
import { ConflictsService } from '../scheduling/conflicts.service.js';
import { type EventOccurrence, OccurrencesService } from '../scheduling/occurrences.service.js';
import { repeats } from '../scheduling/series.js';
import { attended, type BookedEventView, type ChangedEvent } from './booked-event.js';
import type { Scope } from './dto/occurrence.dto.js';
import type { UpdateEventDto } from './dto/update-event.dto.js';
import { eventSeenBy } from './event.policy.js';
import { EventChangesService } from './event-changes.service.js';
import type { EventRecord } from './event-record.js';
import { EventsService } from './events.service.js';
import { OccurrenceExceptionsRepository } from './occurrence-exceptions.repository.js';
import { overrideOf } from './occurrence-override.js';
import { occurrenceNamed } from './original-start.js';
import { SeriesSplitService } from './series-split.service.js';

/** An occurrence, the event it belongs to by now, and what else takes its time, or that of all that follow with it. */
export interface BookedOccurrence extends BookedEventView {
  readonly occurrence: EventOccurrence;
}

/** A changed event, and its occurrence that the caller asked to change. */
interface ChangedOccurrence extends ChangedEvent {
  readonly occurrence: EventOccurrence;
}

/** Changes single occurrences of a series, or a series from one of them on. */
@Injectable()
export class OccurrenceChangesService {
  constructor(
    private readonly events: EventsService,
    private readonly changes: EventChangesService,
    private readonly exceptions: OccurrenceExceptionsRepository,
    private readonly occurrences: OccurrencesService,
    private readonly split: SeriesSplitService,
    private readonly conflicts: ConflictsService,
    private readonly currentActor: CurrentActor,
  ) {}

  /** @throws {DomainError} invalid; forbidden; not-found; conflict `time_taken` @throws {UnauthenticatedError} */
  async change(
    eventId: number,
    originalStart: string,
    scope: Scope,
    input: UpdateEventDto,
    precondition: Precondition,
  ): Promise<BookedOccurrence> {
    const { occurrence: changedOccurrence, ...changed } = await this.events.inTurn(
      eventId,
      async (): Promise<ChangedOccurrence> => {
        const { event, occurrence } = await this.find(eventId, originalStart, precondition);
        if (!repeats(event)) return this.firstOf(await this.changes.apply(eventId, input));
        if (scope === 'following') {
          const later = await this.split.from(event, occurrence);
          return this.firstOf(await this.changes.apply(later, input));
        }
        await this.exceptions.saveOverride(event.id, overrideOf(event, occurrence, input));
        const saved = await this.changes.recomputeSpan(event.id);
        const savedOccurrence = this.occurrences.at(saved, occurrence.originalStart) ?? occurrence;
        const policy = input.conflict_policy ?? 'allow';
        const booked = await this.conflicts.book(attended(saved), policy, savedOccurrence);
        return { event: saved, booked, occurrence: savedOccurrence };
      },
    );
    const conflicts = await this.changes.conflictsOf(changed);
    return {
      view: eventSeenBy(this.currentActor.get(), changed.event),
      conflicts,
      occurrence: changedOccurrence,
    };
  }

  /** @throws {DomainError} forbidden; not-found @throws {UnauthenticatedError} */
  async delete(
    eventId: number,
    originalStart: string,
    scope: Scope,
    precondition: Precondition,
  ): Promise<void> {
    await this.events.inTurn(eventId, async () => {
      const { event, occurrence } = await this.find(eventId, originalStart, precondition);
      if (!repeats(event)) return this.changes.delete(event.id);
      if (scope === 'following') return this.split.endBefore(event, occurrence);
      await this.exceptions.saveOverride(event.id, overrideOf(event, occurrence, { status: 'cancelled' }));
      await this.changes.recomputeSpan(event.id);
    });
  }

  private firstOf(changed: ChangedEvent): ChangedOccurrence {
    const occurrence = this.occurrences.first(changed.event);
    if (!occurrence) throw notFound('occurrence of event', changed.event.id);
    return { ...changed, occurrence };
  }

  private async find(
    eventId: number,
    originalStart: string,
    precondition: Precondition,
  ): Promise<{ event: EventRecord; occurrence: EventOccurrence }> {
    const event = await this.events.lockedForChange(eventId, precondition);
    return { event, occurrence: occurrenceNamed(event, originalStart, this.occurrences) };
  }
}
