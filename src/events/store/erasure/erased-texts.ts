/** The values that the texts of a cancelled event, and of its overrides, get when its organizer is deleted. */
export const ERASED_TEXTS = {
  event: {
    title: 'Cancelled event',
    description: null,
    location: null,
    url: null,
    conference: null,
    categories: [],
  },
  override: { title: null, description: null, location: null },
} as const;
