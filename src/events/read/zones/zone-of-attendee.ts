import type { PartialEventRecord } from '../../model/event-record.js';

/** The zone of an attendee of an event, in which floating days are the attendee's. */
export function zoneOfAttendee(userId: number, { attendees, timeZone }: PartialEventRecord): string {
  return attendees.find((attendee) => attendee.userId === userId)?.timeZone ?? timeZone;
}
