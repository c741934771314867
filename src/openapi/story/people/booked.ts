/** What a response to a creation or a change has beside the event. */
export const BOOKED = { conflicts: [] };
