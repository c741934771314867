import { Injectable } from '@nestjs/common';
import type { ICalendarEvent } from '../../calendar/icalendar/model/icalendar-event.js';
import { withoutCancelled } from '../../calendar/icalendar/write/shared-part.js';
import { CalendarExportService } from '../../events/export/calendar-export.service.js';
import type { PartialEventRecord } from '../../events/model/event-record.js';
import { type ParticipationStatus, shownStatus } from '../../events/model/event-words.js';
import { EventUids, type TenantUids } from '../../events/read/uids/event-uids.service.js';
import { seenEvent, seenTimes } from '../model/seen-event.js';
import { CalendarText, type PublishedCalendar } from './calendar-text.js';
import { writerFor } from './writer-for.js';

/** Writes calendars for feeds. */
@Injectable()
export class PublishedText extends CalendarText {
  constructor(
    private readonly exported: CalendarExportService,
    private readonly uids: EventUids,
  ) {
    super();
  }

  override async *published(published: PublishedCalendar): AsyncGenerator<string, void, undefined> {
    const calendar = await this.exported.published(published.calendarId);
    const uids = await this.uids.ofTenant();
    const writer = writerFor(calendar, await this.exported.earliestOf(calendar), published.properties);
    yield writer.begin();
    for await (const records of this.exported.records(calendar.userId, calendar.calendarId)) {
      const kept = await this.exported.keptOf(records.map(({ id }) => id));
      yield records
        .flatMap((event) =>
          this.shown(event, kept.get(event.id)?.uid ?? null, published, calendar.userId, uids),
        )
        .map((event) => writer.event(event))
        .join('');
    }
    yield writer.end();
  }

  /** The event as the feed shows it. @param userId the user of the calendar */
  private shown(
    event: PartialEventRecord,
    uid: string | null,
    { detail, includePrivate }: PublishedCalendar,
    userId: number,
    uids: TenantUids,
  ): ICalendarEvent[] {
    const attendee = event.attendees.find((each) => each.userId === userId);
    if (!attendee || shownStatus<ParticipationStatus>(attendee) === 'declined') return [];
    if (event.status === 'cancelled') return [];
    if (detail === 'full' && (event.visibility === 'public' || includePrivate)) {
      const shown = {
        uid: uid ?? uids.derived(event.id),
        content: null,
        occurrences: new Map(),
        people: false,
      };
      return [withoutCancelled(seenEvent(event, shown)) ?? []].flat();
    }
    const times = event.showAs === 'free' ? null : this.exported.timesOf(event, userId);
    return times === null
      ? []
      : seenTimes(times, (originalStart) => uids.redacted(event.id, userId, originalStart));
  }
}
