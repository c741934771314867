import type { EventChange, WrittenEvents } from './event-change.js';

/** Deletes an event, with its invites, overrides and answers. */
export const deleteEvent: EventChange<WrittenEvents> = async (event, { events }) => {
  await events.delete(event.id);
  return { eventIds: [] };
};
