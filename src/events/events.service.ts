import { Injectable } from '@nestjs/common';
import { formatCivilTime } from '../calendar/civil-time.js';
import { formatRecurrenceRule } from '../calendar/recurrence-rule.js';
import { invalidInput, notFound } from '../common/domain-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ConflictsService } from '../scheduling/conflicts.service.js';
import { UsersService } from '../users/users.service.js';
import { attended, type BookedEvent } from './booked-event.js';
import type { CreateEventDto } from './dto/create-event.dto.js';
import type { Event } from './event.entity.js';
import type { EventRecord } from './event-record.js';
import { EventsRepository } from './events.repository.js';
import { type Schedule, scheduleOf } from './schedule.js';
import { spanOf } from './span.js';

@Injectable()
export class EventsService {
  constructor(
    private readonly events: EventsRepository,
    private readonly users: UsersService,
    private readonly conflicts: ConflictsService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Creates an event with all its invites, or nothing.
   * @throws {DomainError} invalid; not-found, where a user is not there; conflict `time_taken`
   */
  async create(input: CreateEventDto): Promise<BookedEvent> {
    const description = descriptionOf(input);
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
      const event = await this.get(id);
      const conflicts = await this.conflicts.book(attended(event), input.conflict_policy ?? 'allow');
      return { event, conflicts };
    });
  }

  /** @throws {DomainError} not-found `event_not_found` */
  async get(id: number): Promise<EventRecord> {
    const event = await this.events.withId(id);
    if (!event) throw notFound('event', id);
    return event;
  }

  /** Keeps others from changing the event until the transaction ends. */
  async lock(id: number): Promise<void> {
    await this.events.lock(id);
  }

  /** Counts a change of something that belongs to the event, such as an answer. */
  async raiseVersion(id: number): Promise<void> {
    await this.events.raiseVersion(id);
  }
}

function descriptionOf({ desc, description }: Pick<CreateEventDto, 'desc' | 'description'>): string | null {
  if (desc !== undefined && description !== undefined && desc !== description) {
    throw invalidInput({ field: 'desc', message: 'differs from description: say one of them' });
  }
  return (description ?? desc) || null;
}

function columnsOf(schedule: Schedule): Partial<Event> {
  return {
    allDay: schedule.allDay,
    timeZone: schedule.timeZone,
    start: formatCivilTime(schedule.start),
    duration: schedule.duration,
    rrule: schedule.rule === null ? null : formatRecurrenceRule(schedule.rule),
    rdates: schedule.rdates.map(formatCivilTime),
    exdates: schedule.exdates.map(formatCivilTime),
    span: spanOf(schedule),
  };
}
