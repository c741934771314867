import { Injectable } from '@nestjs/common';
import { RoomsService } from '../../../rooms/read/rooms.service.js';
import { isResource } from '../../../users/model/user-record.js';
import type { AttendeeRecord, EventRecord } from '../../model/event-record.js';
import { type RoomAnswer, RoomAnswersRepository } from '../../store/rooms/room-answers.repository.js';

/** An event after a change, and before it; null: the event is new. */
interface ChangedRooms {
  readonly before: EventRecord | null;
  readonly event: EventRecord;
}

/**
 * Lets rooms answer their invitations. A room that accepts by itself does so before its time is booked: if the time is
 * taken, the booking refuses the whole request.
 */
@Injectable()
export class RoomAnswers {
  constructor(
    private readonly rooms: RoomsService,
    private readonly answers: RoomAnswersRepository,
  ) {}

  /** Answers in the running transaction, which has written the changes. @returns the ids of the events that differ now */
  async decide(changes: readonly ChangedRooms[]): Promise<ReadonlySet<number>> {
    const open = changes.flatMap(({ before, event }) =>
      event.attendees
        .filter((attendee) => isResource(attendee) && isOpen(attendee, before))
        .map(({ userId, status }) => ({ eventId: event.id, userId, status })),
    );
    const facts = await this.rooms.facts(open.map(({ userId }) => userId));
    const answers = open.flatMap(({ eventId, userId, status }): RoomAnswer[] => {
      const answer = facts.get(userId)?.autoAccept === true ? 'accepted' : 'needs_action';
      return answer === status ? [] : [{ eventId, userId, status: answer }];
    });
    if (answers.length > 0) await this.answers.save(answers);
    return new Set(answers.map(({ eventId }) => eventId));
  }
}

/** An earlier decline does not hold for a room that is invited again. */
function isOpen({ userId, status }: AttendeeRecord, before: EventRecord | null): boolean {
  const stays = before?.attendees.some((attendee) => attendee.userId === userId) ?? false;
  return status === 'needs_action' || (status === 'declined' && !stays);
}
