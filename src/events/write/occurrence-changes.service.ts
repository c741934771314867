import { Injectable } from '@nestjs/common';
import { originalStartsIn } from '../../calendar/recurrence/series/series-move.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { DomainError, notFound } from '../../errors/domain-error.js';
import { Precondition } from '../../platform/precondition.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { repeats, seriesDefinition } from '../../scheduling/occurrences/series-row.js';
import type { EventRecord, RecordedOccurrence } from '../model/event-record.js';
import { overrideOf, withoutNamedFields } from '../model/occurrence-override.js';
import { occurrenceNamed } from '../model/original-start.js';
import { refuseDeepOverlapAt } from '../model/overlap-limit.js';
import { scheduleFrom } from '../model/schedule.js';
import { EventViewsService } from '../read/event-views.service.js';
import { EventsService } from '../read/events.service.js';
import type { Scope } from '../rest/dto/occurrence.dto.js';
import type { UpdateEventDto } from '../rest/dto/update-event.dto.js';
import { OccurrenceExceptionsRepository } from '../store/occurrence-exceptions.repository.js';
import { attended, type BookedEventView, type ChangedEvent } from './booked-event.js';
import { EventChangesService } from './event-changes.service.js';
import { InvitationLimitService } from './invitation-limit.service.js';
import { SeriesSplitService } from './series-split.service.js';

/** An occurrence, the event it belongs to by now, and what else takes its time, or that of all that follow with it. */
export interface BookedOccurrence extends BookedEventView {
  readonly occurrence: RecordedOccurrence;
}

/** The occurrence that a request names, and its event, which is locked. */
interface Found {
  readonly event: EventRecord;
  readonly occurrence: RecordedOccurrence;
}

/** A changed event, and its occurrence that the caller asked to change. */
interface ChangedOccurrence extends ChangedEvent {
  readonly occurrence: RecordedOccurrence;
}

/** As many as RDATEs and EXDATEs of one request: every list of every attendee reads those near its window. */
export const MAX_CHANGED_OCCURRENCES = 1_000;

/** Changes single occurrences of a series, or a series from one of them on. */
@Injectable()
export class OccurrenceChangesService {
  constructor(
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly changes: EventChangesService,
    private readonly exceptions: OccurrenceExceptionsRepository,
    private readonly occurrences: OccurrencesService,
    private readonly split: SeriesSplitService,
    private readonly conflicts: ConflictsService,
    private readonly invitationLimit: InvitationLimitService,
  ) {}

  /** @throws {DomainError} invalid; forbidden; not-found; conflict `time_taken` @throws {UnauthenticatedError} */
  async change(
    eventId: number,
    originalStart: string,
    scope: Scope,
    input: UpdateEventDto,
    precondition: Precondition,
  ): Promise<BookedOccurrence> {
    const changed = await this.events.inTurn(eventId, [], async () =>
      this.changed(await this.find(eventId, originalStart, precondition), scope, input),
    );
    const { event, occurrence } = changed;
    return {
      view: await this.views.of(event),
      conflicts: await this.changes.conflictsOf(changed),
      occurrence,
    };
  }

  private async changed(
    { event, occurrence }: Found,
    scope: Scope,
    input: UpdateEventDto,
  ): Promise<ChangedOccurrence> {
    if (!repeats(event)) return this.firstOf(await this.changes.apply(event.id, input));
    if (scope === 'following') return this.changeFollowing(event, occurrence, input);
    const changed = await this.override(event, occurrence, input);
    this.invitationLimit.expect(event, changed);
    const saved = this.occurrences.at(changed, occurrence.originalStart) ?? occurrence;
    const policy = input.conflict_policy ?? 'allow';
    const booked = await this.conflicts.book(attended(changed), policy, saved);
    return { event: changed, booked, occurrence: saved };
  }

  /** @throws {DomainError} forbidden; not-found @throws {UnauthenticatedError} */
  async delete(
    eventId: number,
    originalStart: string,
    scope: Scope,
    precondition: Precondition,
  ): Promise<void> {
    await this.events.inTurn(eventId, [], async () => {
      const { event, occurrence } = await this.find(eventId, originalStart, precondition);
      if (!repeats(event)) return this.changes.delete(event.id);
      if (scope === 'following') return this.split.endBefore(event, occurrence);
      await this.override(event, occurrence, { status: 'cancelled' });
    });
  }

  private async override(
    event: EventRecord,
    occurrence: RecordedOccurrence,
    input: UpdateEventDto,
  ): Promise<EventRecord> {
    const override = overrideOf(event, occurrence, input);
    const definition = seriesDefinition(event);
    const key = override.row.originalStart;
    const others = definition.overrides.filter(({ row }) => row.originalStart !== key);
    const isNew = others.length === definition.overrides.length;
    if (isNew && others.length >= MAX_CHANGED_OCCURRENCES) throw tooManyChanged();
    const changed = { ...definition, overrides: [...others, override] };
    refuseDeepOverlapAt(changed, occurrence.originalCivilStart, input);
    return this.changes.override(event.id, override);
  }

  /** Changes an occurrence and all later ones. What the request names holds for the occurrence itself, too. */
  private async changeFollowing(
    event: EventRecord,
    occurrence: RecordedOccurrence,
    input: UpdateEventDto,
  ): Promise<ChangedOccurrence> {
    const laterId = await this.split.from(event, occurrence);
    if (occurrence.override) {
      await this.exceptions.saveOverride(laterId, withoutNamedFields(occurrence.override, input));
    }
    const later = await this.events.get(laterId);
    const { originalCivilStart: originalStart, start: startAt } = occurrence;
    const named = { series: scheduleFrom(event), originalStart, startAt };
    const changed = await this.changes.apply(laterId, input, Precondition.NONE, named);
    if (laterId !== event.id) this.invitationLimit.expect(null, changed.event);
    const place = originalStartsIn(seriesDefinition(later), seriesDefinition(changed.event))(originalStart);
    const zone = timeZone(changed.event.timeZone);
    const moved = place === null ? null : this.occurrences.at(changed.event, zone.toInstant(place));
    return moved ? { ...changed, occurrence: moved } : this.firstOf(changed);
  }

  /** The first occurrence of a changed event. */
  private firstOf(changed: ChangedEvent): ChangedOccurrence {
    const occurrence = this.occurrences.first(changed.event);
    if (!occurrence) throw notFound('occurrence of event', changed.event.id);
    return { ...changed, occurrence };
  }

  private async find(eventId: number, originalStart: string, precondition: Precondition): Promise<Found> {
    const event = await this.events.lockedForChange(eventId, precondition);
    return { event, occurrence: occurrenceNamed(event, originalStart, this.occurrences) };
  }
}

function tooManyChanged(): DomainError {
  const detail = `A series has at most ${MAX_CHANGED_OCCURRENCES} occurrences that were changed or deleted on their own: change it as a whole, or use scope=following.`;
  return new DomainError('limit-exceeded', 'too_many_changed_occurrences', detail);
}
