import type { ChangeResources } from './change-resources.js';
import type { EventChange, WrittenEvents } from './event-change.js';

/** Deletes an event, with its invites, overrides and answers. */
export const deleteEvent: EventChange<WrittenEvents> = async (event, resources) =>
  deleteEvents([event.id], resources);

/** The same for several events, which the transaction has locked. */
export async function deleteEvents(
  ids: readonly number[],
  { events }: Pick<ChangeResources, 'events'>,
): Promise<WrittenEvents> {
  await events.deleteAll(ids);
  return { eventIds: [] };
}
