import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../common/changes/change-feed.js';
import { notFound } from '../common/domain-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { UsersService } from '../users/users.service.js';
import { describedIn } from './description.js';
import type { CreateEventDto } from './dto/create-event.dto.js';
import { columnsOf } from './event-columns.js';
import type { EventRecord } from './event-record.js';
import { EventsRepository } from './events.repository.js';
import { scheduleOf } from './schedule.js';

@Injectable()
export class EventsService {
  constructor(
    private readonly events: EventsRepository,
    private readonly users: UsersService,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
  ) {}

  /**
   * Creates an event with all its invites, or nothing.
   * @throws {DomainError} invalid; not-found, where a user is not there
   */
  async create(input: CreateEventDto): Promise<EventRecord> {
    const description = describedIn(input) ?? null;
    return this.unitOfWork.run(async () => {
      const [organizer] = await this.users.getAll([input.organizer_user_id], 'organizer_user_id');
      const invitees = [...new Set(input.invited_user_ids ?? [])].filter((id) => id !== organizer.id);
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
      await this.feed.eventChanged(id);
      return this.get(id);
    });
  }

  /** @throws {DomainError} not-found `event_not_found` */
  async get(id: number): Promise<EventRecord> {
    const event = await this.events.withId(id);
    if (!event) throw notFound('event', id);
    return event;
  }

  /**
   * The event, which nobody else can change until the transaction ends.
   * @throws {DomainError} not-found `event_not_found`
   */
  async lockedForChange(id: number): Promise<EventRecord> {
    await this.events.lock(id);
    return this.get(id);
  }

  /** Counts a change of something that belongs to the event, such as an answer. */
  async raiseVersion(id: number): Promise<void> {
    await this.events.change(id, {});
  }
}
