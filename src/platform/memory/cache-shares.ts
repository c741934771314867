/** The parts of `CALENDAR_CACHE_MB`. Together they are all of it. */
export const CACHE_SHARES = {
  busy_time: 1 / 2,
  lists: 3 / 8,
  /** With the default, 8 MB: the feeds of some hundred calendars of a person. */
  feeds: 1 / 8,
} as const;
