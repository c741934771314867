import { toCalendarSubscriptionDto } from '../../calendar-subscriptions/rest/calendar-subscription.mapper.js';
import { toCalendarDto } from '../../calendars/rest/calendar.mapper.js';
import { toGrantDto } from '../../calendars/rest/grants/grant.mapper.js';
import type { AuthoredChange } from '../../events/model/changes/event-change-record.js';
import { toExportedEventDto } from '../../events/rest/export/exported-event.mapper.js';
import { toFeedDto } from '../../feeds/rest/calendar-feed.mapper.js';
import { toHoldDto } from '../../holds/rest/hold.mapper.js';
import { toInviteDto } from '../../invites/rest/invite.mapper.js';
import { toEventRemindersDto } from '../../reminders/rest/reminder.mapper.js';
import { toUserDto } from '../../users/rest/user.mapper.js';
import { toSubscriptionDto } from '../../webhooks/rest/webhook-subscription.mapper.js';
import type { UserExport } from '../read/user-export.service.js';
import type { ExportedChangeDto } from './user-export.dto.js';

/** The text of the export, in parts, as the data arrive. Each kind of data has the fields of its own mapper alone. */
export async function* exportDocument(data: UserExport): AsyncGenerator<string, void, undefined> {
  try {
    yield `{"user":${JSON.stringify(toUserDto(data.user))}`;
    yield* list('calendars', data.calendars, toCalendarDto);
    yield* list('grants', data.grants, (grant) => ({ calendar_id: grant.calendarId, ...toGrantDto(grant) }));
    yield* list('events', data.events, toExportedEventDto);
    yield* list('invites', data.invites, toInviteDto);
    yield* list('reminders', data.reminders, ({ eventId, ...settings }) => ({
      event_id: eventId,
      ...toEventRemindersDto(settings),
    }));
    yield* list('webhook_subscriptions', data.webhookSubscriptions, toSubscriptionDto);
    yield* list('calendar_feeds', data.calendarFeeds, toFeedDto);
    yield* list('calendar_subscriptions', data.calendarSubscriptions, toCalendarSubscriptionDto);
    yield* list('holds', data.holds, toHoldDto);
    yield* list('changes', data.changes, toExportedChangeDto);
    yield '}\n';
  } finally {
    data.end();
  }
}

function toExportedChangeDto({ eventId, version, kind, apiKeyId, at }: AuthoredChange): ExportedChangeDto {
  return { event_id: eventId, version, kind, api_key_id: apiKeyId, at: at.toISOString() };
}

async function* list<T>(
  name: string,
  pages: AsyncIterable<readonly T[]>,
  toDto: (item: T) => object,
): AsyncGenerator<string, void, undefined> {
  let separator = `,${JSON.stringify(name)}:[`;
  for await (const page of pages) {
    for (const item of page) {
      yield separator + JSON.stringify(toDto(item));
      separator = ',';
    }
  }
  yield separator === ',' ? ']' : `${separator}]`;
}
