import { parseCivilTime } from '../../../calendar/time/civil-time.js';
import { describeChange } from '../../../events/model/changes/described-change.js';
import type { ChangedEvent } from '../../../events/model/changes/event-change-record.js';
import type { DetailedEventView } from '../../../events/model/event.policy.js';
import { formatEventCivilTime } from '../../../events/model/schedule/event-time-text.js';
import { selectionFor } from '../../../events/read/attendees-shown.js';
import { overriddenOccurrences } from '../../../events/read/changes/overridden-occurrences.js';
import { toSyncedEventDto } from '../../../events/rest/changes/synced-event.mapper.js';
import { toInviteDto } from '../../../invites/rest/invite.mapper.js';
import type { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import type { WebhookType } from '../../model/webhook-type.js';
import { answeredInvite } from './answered-invite.js';
import { previousFields } from './previous-fields.js';

/** The views that the owner of a subscription has of a changed event; null: the owner does not see the event in full. */
export interface OwnersViews {
  /** Of the event after the change; of a deleted event, before it. */
  readonly present: DetailedEventView | null;
  /** Of the event before the change, as the owner could see it then. */
  readonly before: DetailedEventView | null;
}

/** What the body of a delivery has beside its numbers. */
export type Payload = Readonly<Record<string, unknown>>;

/** The payload of a change, as the owner of the subscription may see it. */
export function changePayload(
  type: WebhookType,
  { change, before, after }: ChangedEvent,
  views: OwnersViews,
  occurrences: OccurrencesService,
): Payload {
  if (views.present === null) return { data: removed(change.eventId), ...nothingOf(type) };
  const data = eventPayload(views.present, occurrences);
  if (type === 'event.created' || type === 'event.deleted') return { data };
  const description = describeChange(before, after);
  const { event } = views.present;
  const { originalStart } = description;
  if (type === 'invite.answered') {
    const invite = answeredInvite(event, description);
    return { data, invite: invite && toInviteDto(invite) };
  }
  return {
    data,
    ...previousFields(views.before && { ...eventPayload(views.before, occurrences) }, { ...data }),
    ...(originalStart !== null && {
      original_start: formatEventCivilTime(event, parseCivilTime(originalStart)),
    }),
  };
}

/** An event in the form of incremental lists. */
export function eventPayload(view: DetailedEventView, occurrences: OccurrencesService) {
  const overridden = overriddenOccurrences(view.event, occurrences);
  return toSyncedEventDto({ removed: false, view, occurrences: overridden }, selectionFor(view, undefined));
}

/** In place of an event that the owner of the subscription does not see in full. */
export function removed(id: number): { id: number; removed: true } {
  return { id, removed: true };
}

function nothingOf(type: WebhookType): Payload {
  if (type === 'event.updated') return { changed_fields: [], previous: {} };
  return type === 'invite.answered' ? { invite: null } : {};
}
