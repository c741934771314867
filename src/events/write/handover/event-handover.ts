import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { DomainError } from '../../../errors/domain-error.js';
import { isResource } from '../../../users/model/user-record.js';
import { DirectoryService } from '../../../users/read/directory.service.js';
import { UsersService } from '../../../users/read/users.service.js';
import { mayBecomeOrganizer, organizerMustAccept } from '../../model/attendance/handover.policy.js';
import type { EventRecord } from '../../model/event-record.js';
import { EventHandoversRepository } from '../../store/batch/event-handovers.repository.js';
import { OrganizedEventsRepository } from '../../store/erasure/organized-events.repository.js';
import { EventUidsRepository } from '../../store/uids/event-uids.repository.js';

/** The user has an event with the UID of the event. */
function uidTaken(userId: number): DomainError {
  const detail = `User ${userId} has imported the same event: delete that copy first.`;
  return new DomainError('conflict', 'uid_taken', detail);
}

/** Gives events another organizer. The previous organizer stays as an attendee who has accepted, unless deleted. */
@Injectable()
export class EventHandover {
  constructor(
    private readonly handovers: EventHandoversRepository,
    private readonly organized: OrganizedEventsRepository,
    private readonly uids: EventUidsRepository,
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * Makes a user the organizer among the attendees of a locked event, on behalf of the current actor, who may change it.
   * The caller changes the fields of the event.
   * @throws {DomainError} not-found `user_not_found`; conflict `organizer_must_accept`, for a person who hands the event
   * over to a user who has not accepted it as an attendee; conflict `uid_taken`: the user owns an imported copy of
   * the event
   */
  async handOver(event: EventRecord, userId: number): Promise<void> {
    const isAllowed = mayBecomeOrganizer(this.currentActor.get(), userId, event);
    // An organizer sees all attendees of the event.
    const isAttendee = event.attendees.some((attendee) => attendee.userId === userId);
    if (!isAttendee && !isAllowed) await this.directory.expectAllVisible({ organizer: [userId] });
    const isPerson = event.attendees.some((attendee) => attendee.userId === userId && !isResource(attendee));
    if (!isPerson) await this.users.getPersons([userId], 'organizer');
    if (!isAllowed) throw organizerMustAccept(userId);
    if (!(await this.users.exists(event.organizerId)))
      await this.organized.removeOrganizer([event.id], event.organizerId);
    if (await this.uids.hasUidsOf(userId, [event.id])) throw uidTaken(userId);
    await this.handovers.replaceOrganizer([event.id], userId);
  }
}
