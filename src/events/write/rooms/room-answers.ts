import { Injectable } from '@nestjs/common';
import { RoomsService } from '../../../rooms/read/rooms.service.js';
import { isResource } from '../../../users/model/user-record.js';
import type { AttendeeRecord, EventRecord } from '../../model/event-record.js';
import { attendsOccurrencesOnly, type ParticipationStatus } from '../../model/event-words.js';
import { OccurrenceAttendanceRepository } from '../../store/attendees/occurrence-attendance.repository.js';
import { type RoomAnswer, RoomAnswersRepository } from '../../store/rooms/room-answers.repository.js';

/** An event after a change, and before it; null: the event is new. */
interface ChangedRooms {
  readonly before: EventRecord | null;
  readonly event: EventRecord;
}

/** An event as it is now, and those of its rooms that decline it. */
interface DeclinedRooms {
  readonly event: EventRecord;
  readonly roomIds: ReadonlySet<number>;
}

/** An invitation of a room that waits for an answer. */
interface OpenInvitation extends Pick<RoomAnswer, 'eventId' | 'userId' | 'originalStart'> {
  readonly status: ParticipationStatus;
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
    private readonly attendance: OccurrenceAttendanceRepository,
  ) {}

  /** Answers in the running transaction, which has written the changes. @returns the ids of the events that differ now */
  async decide(changes: readonly ChangedRooms[]): Promise<ReadonlySet<number>> {
    const open = changes.flatMap(openInvitations);
    const facts = await this.rooms.facts(open.map(({ userId }) => userId));
    const answers = open.flatMap(({ status, ...invitation }): RoomAnswer[] => {
      const answer = facts.get(invitation.userId)?.autoAccept === true ? 'accepted' : 'needs_action';
      return answer === status ? [] : [{ ...invitation, status: answer }];
    });
    await this.save(answers);
    return new Set(answers.map(({ eventId }) => eventId));
  }

  /** Lets rooms decline events, and all of their occurrences, in the running transaction. */
  async decline(declined: readonly DeclinedRooms[]): Promise<void> {
    await this.save(
      declined.flatMap(({ event, roomIds }) => {
        const answer = (userId: number, originalStart: string | null): RoomAnswer[] =>
          roomIds.has(userId) ? [{ eventId: event.id, userId, originalStart, status: 'declined' }] : [];
        return [
          ...event.attendees
            .filter((attendee) => !attendsOccurrencesOnly(attendee))
            .flatMap(({ userId }) => answer(userId, null)),
          ...event.answers
            .filter(({ removed }) => !removed)
            .flatMap(({ userId, originalStart }) => answer(userId, originalStart)),
        ];
      }),
    );
  }

  private async save(answers: readonly RoomAnswer[]): Promise<void> {
    const [toOccurrences, toEvents] = [answers.filter(isToOccurrence), answers.filter(isToEvent)];
    if (toEvents.length > 0) await this.answers.save(toEvents);
    if (toOccurrences.length > 0) await this.answers.saveAtOccurrences(toOccurrences);
    for (const eventId of new Set(toOccurrences.map((answer) => answer.eventId)))
      await this.attendance.settle(eventId);
  }
}

function isToEvent({ originalStart }: RoomAnswer): boolean {
  return originalStart === null;
}

function isToOccurrence(answer: RoomAnswer): boolean {
  return !isToEvent(answer);
}

function openInvitations({ before, event }: ChangedRooms): OpenInvitation[] {
  const rooms = event.attendees.filter(isResource);
  if (rooms.length === 0) return [];
  const ids = new Set(rooms.map(({ userId }) => userId));
  const toEvent = rooms
    .filter((room) => isOpen(room, before))
    .map(({ userId, status }) => ({ eventId: event.id, userId, originalStart: null, status }));
  const toOccurrences = event.answers
    .filter(({ userId, status }) => ids.has(userId) && status === 'needs_action')
    .map(({ userId, originalStart, status }) => ({ eventId: event.id, userId, originalStart, status }));
  return [...toEvent, ...toOccurrences];
}

/** An earlier decline does not hold for a room that is invited again. */
function isOpen(room: AttendeeRecord, before: EventRecord | null): boolean {
  if (attendsOccurrencesOnly(room)) return false;
  const stays = before?.attendees.some(({ userId }) => userId === room.userId) ?? false;
  return room.status === 'needs_action' || (room.status === 'declined' && !stays);
}
