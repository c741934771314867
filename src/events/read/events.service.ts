import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { notFound } from '../../errors/domain-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import type { Precondition } from '../../platform/precondition.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { type EventView, mayChangeEvent, mayCreateEventOf } from '../model/event.policy.js';
import { type EventRecord, FIRST_VERSION } from '../model/event-record.js';
import { refuseDeepOverlap } from '../model/overlap-limit.js';
import { definitionOf } from '../model/schedule.js';
import { describedIn } from '../rest/description.js';
import type { CreateEventDto } from '../rest/dto/create-event.dto.js';
import { scheduleOf } from '../rest/schedule-input.js';
import { columnsOf } from '../store/event-columns.js';
import { EventsRepository } from '../store/events.repository.js';
import { attended, type BookedEventView, type CreatedEventView } from '../write/booked-event.js';
import { ConflictDetailsService } from '../write/conflict-details.service.js';
import { InvitationLimitService } from '../write/invitation-limit.service.js';
import { EventViewsService } from './event-views.service.js';

@Injectable()
export class EventsService {
  constructor(
    private readonly events: EventsRepository,
    private readonly views: EventViewsService,
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly conflicts: ConflictsService,
    private readonly conflictDetails: ConflictDetailsService,
    private readonly invitationLimit: InvitationLimitService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
    private readonly configuration: Configuration,
  ) {}

  /**
   * Creates an event with all its invites, or nothing.
   * @throws {DomainError} invalid; forbidden; not-found, where a user is not there; conflict `time_taken`;
   * quota-exceeded `too_many_invitations`
   * @throws {UnauthenticatedError}
   */
  async create(input: CreateEventDto): Promise<CreatedEventView> {
    const description = describedIn(input) ?? null;
    const attendeeIds = [...new Set([input.organizer_user_id, ...(input.invited_user_ids ?? [])])];
    await this.directory.expectAllVisible({ organizer_user_id: [input.organizer_user_id] });
    const { event, conflicts } = await this.unitOfWork.runInTurn(attendeeIds.map(timeOf), async () => {
      const [organizer] = await this.users.getAll([input.organizer_user_id], 'organizer_user_id');
      enforce(mayCreateEventOf(this.currentActor.get(), organizer), 'Events are created by their organizer.');
      const invitees = attendeeIds.filter((id) => id !== organizer.id);
      await this.users.getAll(invitees, 'invited_user_ids');
      const schedule = scheduleOf(input, organizer.timeZone);
      refuseDeepOverlap(definitionOf(schedule), input);
      const id = await this.events.add(
        {
          organizerId: organizer.id,
          title: input.title,
          description,
          location: input.location || null,
          visibility: input.visibility ?? this.configuration.defaultVisibility,
          status: 'confirmed',
          showAs: input.show_as ?? (schedule.allDay ? 'free' : 'busy'),
          ...columnsOf(schedule),
        },
        invitees,
      );
      this.feed.eventChanged(id);
      const saved = await this.get(id);
      this.invitationLimit.expect(null, saved);
      const policy = input.conflict_policy ?? 'allow';
      return { event: saved, conflicts: await this.conflicts.book(attended(saved), policy) };
    });
    // After the transaction, which holds locks for which other bookings wait.
    return {
      view: await this.views.ofCreated(event),
      conflicts: await this.conflictDetails.explain(event.id, conflicts),
    };
  }

  /**
   * What the current actor sees of the event.
   * @throws {DomainError} not-found `event_not_found`
   */
  async see(id: number): Promise<EventView> {
    return this.views.of(await this.getVisible(id));
  }

  /**
   * An event that the current actor created, as its creation reports it, for a repeat of the request. Until the event
   * changes, the actor sees all of it, as at creation. Conflicts name attendees, so a caller who sees the time alone
   * gets none.
   * @throws {DomainError} not-found `event_not_found`
   */
  async seeCreated(id: number): Promise<BookedEventView> {
    const event = await this.getVisible(id);
    const view = await (event.version === FIRST_VERSION ? this.views.ofCreated(event) : this.views.of(event));
    if (!view.details) return { view, conflicts: [] };
    const conflicts = await this.conflicts.of(attended(view.event));
    return { view, conflicts: await this.conflictDetails.explain(id, conflicts) };
  }

  private async getVisible(id: number): Promise<EventRecord> {
    const event = await this.get(id);
    await this.views.expectVisible(event);
    return event;
  }

  /**
   * The event, whoever asks: not for what leaves.
   * @throws {DomainError} not-found `event_not_found`
   */
  async get(id: number): Promise<EventRecord> {
    const event = await this.events.withId(id);
    if (!event) throw notFound('event', id);
    return event;
  }

  /**
   * The same with those of the attendees alone who are among these users: for what concerns single attendees.
   * @throws {DomainError} not-found `event_not_found`
   */
  async withAttendees(id: number, userIds: readonly number[]): Promise<EventRecord> {
    const event = await this.events.withAttendees(id, userIds);
    if (!event) throw notFound('event', id);
    return event;
  }

  /**
   * Runs a change of the event as `UnitOfWork.runInTurn` does: changes and answers of one event wait for each other.
   * @param userIds users whose time the change may book; bookings of one user wait for each other, too
   */
  async inTurn<T>(id: number, userIds: readonly number[], work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.runInTurn([`event ${id}`, ...userIds.map(timeOf)], work);
  }

  /**
   * The event, which nobody else can change until the transaction ends.
   * @throws {DomainError} not-found `event_not_found`
   */
  async locked(id: number): Promise<EventRecord> {
    await this.events.lock(id);
    return this.get(id);
  }

  /**
   * Keeps others from changing the event until the transaction ends, as a transaction that changes an answer does
   * before all else: so no change is lost, and no two transactions that change both deadlock.
   */
  async lockForAnswer(id: number): Promise<void> {
    await this.events.lockForAnswer(id);
  }

  /**
   * The event, locked, where the current actor may change it and has seen it as it is.
   * @throws {DomainError} not-found `event_not_found`; forbidden; precondition-failed @throws {UnauthenticatedError}
   */
  async lockedForChange(id: number, precondition: Precondition): Promise<EventRecord> {
    const event = await this.locked(id);
    const decision = mayChangeEvent(this.currentActor.get(), event);
    if (decision !== 'allow') await this.views.expectVisible(event);
    enforce(decision, 'Only its organizer may change an event.');
    precondition.expect(event.version);
    return event;
  }

  /** Counts a change of something that belongs to the event, such as an answer. */
  async raiseVersion(id: number): Promise<void> {
    await this.events.change(id, {});
  }
}

/** The subject of bookings that wait for each other. */
function timeOf(userId: number): string {
  return `time of user ${userId}`;
}
