/** The subject of bookings of a user, which wait for each other. */
export function timeOf(userId: number): string {
  return `time of user ${userId}`;
}

/** The subject of changes of an event, which wait for each other. */
export function changesOf(eventId: number): string {
  return `event ${eventId}`;
}
