import { parseCivilTime } from '../../../calendar/time/civil-time.js';
import { describeChange } from '../../../events/model/changes/described-change.js';
import type { ChangedEvent } from '../../../events/model/changes/event-change-record.js';
import type { DetailedEventView } from '../../../events/model/event.policy.js';
import { formatEventCivilTime } from '../../../events/model/schedule/event-time-text.js';
import { selectionFor } from '../../../events/read/attendees-shown.js';
import { overriddenOccurrences } from '../../../events/read/changes/overridden-occurrences.js';
import { previousOf } from '../../../events/rest/changes/previous-fields.js';
import { toSyncedEventDto } from '../../../events/rest/changes/synced-event.mapper.js';
import { toInviteDto } from '../../../invites/rest/invite.mapper.js';
import type { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import type { WebhookType } from '../../model/webhook-type.js';
import { answeredInvite } from './answered-invite.js';

/** The views that the owner of a subscription has of a changed event; null: the owner does not see the event in full. */
export interface OwnersViews {
  /** Of the event after the change; of a deleted event, before it. */
  readonly present: DetailedEventView | null;
  /** Of the event before the change, as the owner could see it then. */
  readonly before: DetailedEventView | null;
}

/** What the body of a delivery has beside its numbers. */
export type Payload = Readonly<Record<string, unknown>>;

const NO_CHANGED_FIELDS: Payload = { changed_fields: [], previous: {} };

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
    ...changedFields(views.before && eventPayload(views.before, occurrences), data),
    ...(originalStart !== null && {
      original_start: formatEventCivilTime(event, parseCivilTime(originalStart)),
    }),
  };
}

/** @param before null: the owner could not see the event, and so none of its fields */
function changedFields(before: object | null, after: object): Payload {
  if (before === null) return NO_CHANGED_FIELDS;
  const { changedFields: names, previous } = previousOf(before, after);
  return { changed_fields: names, previous };
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
  if (type === 'event.updated') return NO_CHANGED_FIELDS;
  return type === 'invite.answered' ? { invite: null } : {};
}
