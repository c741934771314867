import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../changes/change-feed.js';
import { Precondition } from '../../platform/precondition.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { type SeriesOverride, seriesDefinition } from '../../scheduling/occurrences/series-row.js';
import { UsersService } from '../../users/read/users.service.js';
import type { EventColumns, EventRecord, OverrideRecord } from '../model/event-record.js';
import { refuseDeepOverlap } from '../model/overlap-limit.js';
import { definitionOf, scheduleFrom } from '../model/schedule.js';
import { EventViewsService } from '../read/event-views.service.js';
import { EventsService } from '../read/events.service.js';
import { describedIn } from '../rest/description.js';
import type { UpdateEventDto } from '../rest/dto/update-event.dto.js';
import { type NamedOccurrence, scheduleOf } from '../rest/schedule-input.js';
import { columnsOf } from '../store/event-columns.js';
import { EventsRepository } from '../store/events.repository.js';
import { OccurrenceExceptionsRepository } from '../store/occurrence-exceptions.repository.js';
import { RememberedDeclinesRepository } from '../store/remembered-declines.repository.js';
import { attended, type BookedEventView, type ChangedEvent, type ExplainedConflict } from './booked-event.js';
import { ConflictDetailsService } from './conflict-details.service.js';
import { carriedOver } from './exceptions-carried-over.js';
import { InvitationLimitService } from './invitation-limit.service.js';

const OF_THE_SCHEDULE = [
  'start_date',
  'end_date',
  'duration',
  'all_day',
  'time_zone',
  'repeat',
] as const satisfies readonly (keyof UpdateEventDto)[];

/** What may make an event take time that it did not take. */
const OF_THE_TIME_TAKEN = [
  ...OF_THE_SCHEDULE,
  'show_as',
  'status',
  'invited_user_ids',
  'conflict_policy',
] as const satisfies readonly (keyof UpdateEventDto)[];

/** Changes events and series as a whole. */
@Injectable()
export class EventChangesService {
  constructor(
    private readonly events: EventsRepository,
    private readonly reading: EventsService,
    private readonly exceptions: OccurrenceExceptionsRepository,
    private readonly declines: RememberedDeclinesRepository,
    private readonly views: EventViewsService,
    private readonly users: UsersService,
    private readonly conflicts: ConflictsService,
    private readonly conflictDetails: ConflictDetailsService,
    private readonly invitationLimit: InvitationLimitService,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * Changes what `input` names. Exceptions of a series move along with a change of its time of day, and are dropped
   * where they occur no more. What is in conflict already may still be renamed.
   * @throws {DomainError} invalid; forbidden; not-found `event_not_found`, `user_not_found`; conflict `time_taken`
   * @throws {UnauthenticatedError}
   */
  async update(id: number, input: UpdateEventDto, precondition: Precondition): Promise<BookedEventView> {
    const changed = await this.apply(id, input, precondition);
    return { view: await this.views.of(changed.event), conflicts: await this.conflictsOf(changed) };
  }

  /**
   * The same, giving the event itself.
   * @param named the occurrence to which the times of `input` refer; null: the event
   */
  async apply(
    id: number,
    input: UpdateEventDto,
    precondition = Precondition.NONE,
    named: NamedOccurrence | null = null,
  ): Promise<ChangedEvent> {
    return this.reading.inTurn(id, [], async () => {
      const event = await this.reading.lockedForChange(id, precondition);
      const schedule = OF_THE_SCHEDULE.some((field) => input[field] !== undefined)
        ? await this.reschedule(event, input, named)
        : {};
      // Declines are recalled under the original starts of the new schedule.
      if (input.invited_user_ids !== undefined) await this.invite(event, input.invited_user_ids);
      await this.events.change(id, { ...textsOf(input), ...schedule });
      this.feed.eventChanged(id);
      const changed = await this.reading.get(id);
      this.invitationLimit.expect(event, changed);
      const booked = OF_THE_TIME_TAKEN.some((field) => input[field] !== undefined)
        ? await this.conflicts.book(attended(changed), input.conflict_policy ?? 'allow')
        : null;
      return { event: changed, booked };
    });
  }

  /** The conflicts of an event that was changed, explained to the current actor; not to be asked while locks are held. */
  async conflictsOf({ event, booked }: ChangedEvent): Promise<ExplainedConflict[]> {
    const conflicts = booked ?? (await this.conflicts.of(attended(event)));
    return this.conflictDetails.explain(event.id, conflicts);
  }

  /** @throws {DomainError} not-found `event_not_found`; forbidden @throws {UnauthenticatedError} */
  async delete(id: number, precondition = Precondition.NONE): Promise<void> {
    await this.reading.inTurn(id, [], async () => {
      await this.reading.lockedForChange(id, precondition);
      await this.events.delete(id);
    });
  }

  /** Changes one occurrence, and the span so that it covers all occurrences. */
  async override(id: number, override: SeriesOverride<OverrideRecord>): Promise<EventRecord> {
    await this.exceptions.saveOverride(id, override.row);
    const event = await this.reading.get(id);
    const overrides = seriesDefinition(event).overrides.map((known) =>
      known.row.originalStart === override.row.originalStart ? override : known,
    );
    const { secondPasses, span } = columnsOf(scheduleFrom(event), overrides);
    await this.events.change(id, { secondPasses, span });
    this.feed.eventChanged(id);
    return this.reading.get(id);
  }

  private async reschedule(
    event: EventRecord,
    input: UpdateEventDto,
    named: NamedOccurrence | null,
  ): Promise<Partial<EventColumns>> {
    const schedule = scheduleOf(input, event.timeZone, scheduleFrom(event), named);
    const { overrides, keys } = carriedOver(event, schedule, await this.declines.originalStarts(event.id));
    refuseDeepOverlap({ ...definitionOf(schedule), overrides }, input);
    await this.exceptions.replace(
      event.id,
      overrides.map(({ row }) => row),
      keys,
    );
    return columnsOf(schedule, overrides);
  }

  private async invite(event: EventRecord, userIds: readonly number[]): Promise<void> {
    const inviteeIds = [...new Set(userIds)].filter((id) => id !== event.organizerId);
    await this.users.getAll(inviteeIds, 'invited_user_ids');
    await this.declines.remember(event.id, inviteeIds);
    await this.events.setInvitees(event.id, inviteeIds);
    await this.declines.recall(event.id);
  }
}

function textsOf(input: UpdateEventDto): Partial<EventColumns> {
  const description = describedIn(input);
  return {
    ...(input.title !== undefined && { title: input.title }),
    ...(description !== undefined && { description }),
    ...(input.location !== undefined && { location: input.location || null }),
    ...(input.visibility !== undefined && { visibility: input.visibility }),
    ...(input.show_as !== undefined && { showAs: input.show_as }),
    ...(input.status !== undefined && { status: input.status }),
  };
}
