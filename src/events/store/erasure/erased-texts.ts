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
  override: { title: null, description: null, location: null, content: null },
} as const;

/**
 * The values that the former values in the log of changes get. The log loses what the present rows lose: the texts. It also
 * loses the values of the product, which stay in the present row of a cancelled event alone: the product finds its event by
 * them, while a former value, or that of an event that was deleted before, concerns nobody but the organizer. Times, status,
 * visibility, colour and calendars stay, since they also belong to the calendars of the other attendees, and decide which
 * lists had the event.
 */
export const ERASED_IN_LOG = {
  event: { ...ERASED_TEXTS.event, uid: null, external_id: null, metadata: {} },
  override: ERASED_TEXTS.override,
} as const;
