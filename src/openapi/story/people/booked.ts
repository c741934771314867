/** What a response to a creation or a change has beside the event. */
export const BOOKED = { conflicts: [], conflicts_checked_until: null };

/** The same of the series from 6 September 2022 on, which has no end and which no conflict refuses. */
export const BOOKED_SERIES = { ...BOOKED, conflicts_checked_until: '2023-03-08T14:16:47Z' };
