import { Injectable } from '@nestjs/common';
import { RoomsService } from '../../../rooms/read/rooms.service.js';
import { isResource } from '../../../users/model/user-record.js';
import { attendanceInRooms } from '../../model/attendance/attendance-in-rooms.js';
import type { EventRecord } from '../../model/event-record.js';
import { shownStatus } from '../../model/event-words.js';
import type { RoomWarning } from '../../model/room-warning.js';

/** Finds rooms that are too small for the events in them. */
@Injectable()
export class RoomWarningsService {
  constructor(private readonly rooms: RoomsService) {}

  /** The warnings about each event, by room. At most one query, and none without a room. */
  async ofAll(events: readonly EventRecord[]): Promise<RoomWarning[][]> {
    const facts = await this.rooms.facts(events.flatMap(roomsOf));
    return events.map((event) => {
      const limited = roomsOf(event).flatMap((roomId) => {
        const capacity = facts.get(roomId)?.capacity ?? null;
        return capacity === null ? [] : [{ roomId, capacity }];
      });
      if (limited.length === 0) return [];
      const attendanceIn = attendanceInRooms(event);
      return limited.flatMap(({ roomId, capacity }) => {
        const attendees = attendanceIn(roomId);
        return capacity < attendees ? [{ code: 'room_too_small' as const, roomId, capacity, attendees }] : [];
      });
    });
  }
}

function roomsOf({ attendees }: EventRecord): number[] {
  return attendees
    .filter((attendee) => isResource(attendee) && shownStatus(attendee) !== 'declined')
    .map(({ userId }) => userId);
}
