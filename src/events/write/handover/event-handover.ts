import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { ChangeFeed } from '../../../changes/change-feed.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { isResource } from '../../../users/model/user-record.js';
import { DirectoryService } from '../../../users/read/directory.service.js';
import { UsersService } from '../../../users/read/users.service.js';
import { mayBecomeOrganizer, organizerMustAccept } from '../../model/attendance/handover.policy.js';
import type { EventRecord } from '../../model/event-record.js';
import { EventHandoversRepository } from '../../store/batch/event-handovers.repository.js';

/** Gives events another organizer. The previous organizer stays as an attendee who has accepted. */
@Injectable()
export class EventHandover {
  constructor(
    private readonly handovers: EventHandoversRepository,
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly currentActor: CurrentActor,
    private readonly feed: ChangeFeed,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Makes a user the organizer among the attendees of a locked event, on behalf of the current actor, who may change it.
   * The caller changes the fields of the event.
   * @throws {DomainError} not-found `user_not_found`; conflict `organizer_must_accept`, for a person who hands the event
   * over to anybody but an attendee who has accepted it
   */
  async handOver(event: EventRecord, userId: number): Promise<void> {
    const isAllowed = mayBecomeOrganizer(this.currentActor.get(), userId, event);
    // An organizer sees all attendees of the event.
    const isAttendee = event.attendees.some((attendee) => attendee.userId === userId);
    if (!isAttendee && !isAllowed) await this.directory.expectAllVisible({ organizer: [userId] });
    const isPerson = event.attendees.some((attendee) => attendee.userId === userId && !isResource(attendee));
    if (!isPerson) await this.users.getPersons([userId], 'organizer');
    if (!isAllowed) throw organizerMustAccept(userId);
    await this.handovers.replaceOrganizer([event.id], userId);
  }

  /**
   * Hands over the next events that a user organizes to another user who exists, in one transaction, at most `limit`. Does
   * not check access, conflicts or open invitations: the user before may be about to be deleted.
   * @returns the number of events; less than `limit`: the user organizes no more
   */
  async handOverNext(fromUserId: number, toUserId: number, limit: number): Promise<number> {
    return this.unitOfWork.run(async () => {
      const ids = await this.handovers.lockOrganizedBy(fromUserId, limit);
      if (ids.length === 0) return 0;
      await this.handovers.replaceOrganizer(ids, toUserId);
      await this.handovers.setOrganizer(ids, toUserId);
      this.feed.eventsChanged(ids);
      return ids.length;
    });
  }
}
