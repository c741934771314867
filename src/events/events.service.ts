import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { enforce } from '../access/decision.js';
import { ChangeFeed } from '../common/changes/change-feed.js';
import { notFound } from '../common/domain-error.js';
import type { Precondition } from '../common/precondition/precondition.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ConflictsService } from '../scheduling/conflicts.service.js';
import { UsersService } from '../users/users.service.js';
import { attended, type BookedEventView } from './booked-event.js';
import { ConflictDetailsService } from './conflict-details.service.js';
import { describedIn } from './description.js';
import type { CreateEventDto } from './dto/create-event.dto.js';
import { type EventView, eventSeenBy, mayChangeEvent, mayCreateEventOf } from './event.policy.js';
import { columnsOf } from './event-columns.js';
import type { EventRecord } from './event-record.js';
import { EventsRepository } from './events.repository.js';
import { scheduleOf } from './schedule.js';

@Injectable()
export class EventsService {
  constructor(
    private readonly events: EventsRepository,
    private readonly users: UsersService,
    private readonly conflicts: ConflictsService,
    private readonly conflictDetails: ConflictDetailsService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * Creates an event with all its invites, or nothing.
   * @throws {DomainError} invalid; forbidden; not-found, where a user is not there; conflict `time_taken`
   * @throws {UnauthenticatedError}
   */
  async create(input: CreateEventDto): Promise<BookedEventView> {
    const description = describedIn(input) ?? null;
    const attendeeIds = [...new Set([input.organizer_user_id, ...(input.invited_user_ids ?? [])])];
    const { event, conflicts } = await this.unitOfWork.runInTurn(attendeeIds.map(timeOf), async () => {
      const [organizer] = await this.users.getAll([input.organizer_user_id], 'organizer_user_id');
      enforce(mayCreateEventOf(this.currentActor.get(), organizer), 'Events are created by their organizer.');
      const invitees = attendeeIds.filter((id) => id !== organizer.id);
      await this.users.getAll(invitees, 'invited_user_ids');
      const schedule = scheduleOf(input, organizer.timeZone);
      const id = await this.events.add(
        {
          organizerId: organizer.id,
          title: input.title,
          description,
          location: input.location || null,
          visibility: input.visibility ?? 'public',
          showAs: input.show_as ?? (schedule.allDay ? 'free' : 'busy'),
          ...columnsOf(schedule),
        },
        invitees,
      );
      this.feed.eventChanged(id);
      const saved = await this.get(id);
      const policy = input.conflict_policy ?? 'allow';
      return { event: saved, conflicts: await this.conflicts.book(attended(saved), policy) };
    });
    // After the transaction, which holds locks for which other bookings wait.
    return {
      view: eventSeenBy(this.currentActor.get(), event),
      conflicts: await this.conflictDetails.explain(event.id, conflicts),
    };
  }

  /**
   * What the current actor sees of the event.
   * @throws {DomainError} not-found `event_not_found`
   */
  async see(id: number): Promise<EventView> {
    return eventSeenBy(this.currentActor.get(), await this.get(id));
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

  /** Runs a change of the event as `UnitOfWork.runInTurn` does: changes and answers of one event wait for each other. */
  async inTurn<T>(id: number, work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.runInTurn([`event ${id}`], work);
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
   * @throws {DomainError} not-found `event_not_found`; forbidden
   * @throws {UnauthenticatedError} @throws {ProblemException} the precondition does not hold
   */
  async lockedForChange(id: number, precondition: Precondition): Promise<EventRecord> {
    const event = await this.locked(id);
    enforce(mayChangeEvent(this.currentActor.get(), event), 'Only its organizer may change an event.');
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
