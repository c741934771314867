import { Injectable } from '@nestjs/common';
import type { ICalendarEvent } from '../../calendar/icalendar/model/icalendar-event.js';
import { writeObject } from '../../calendar/icalendar/write/calendar-writer.js';
import type { Instant } from '../../calendar/time/civil-time.js';
import {
  CalendarExportService,
  type ExportableEvent,
  type ExportedCalendar,
} from '../../events/export/calendar-export.service.js';
import { EventFile } from '../../events/export/event-file.js';
import { EventUids, type TenantUids } from '../../events/read/uids/event-uids.service.js';
import { seenEvent, seenTimes } from '../model/seen-event.js';
import { storedContentOf, storedOccurrencesOf } from '../model/stored-content.js';
import { writerFor } from './writer-for.js';

/** An event that is read by its id is in no user's list. */
const NOBODY = 0;

/** Writes events and calendars as iCalendar text (RFC 5545), as the current actor sees them. */
@Injectable()
export class CalendarFiles extends EventFile {
  constructor(
    private readonly exported: CalendarExportService,
    private readonly uids: EventUids,
  ) {
    super();
  }

  override async ofEvent(id: number): Promise<string> {
    const event = await this.exported.event(id);
    return writeObject(toICalendar(event, await this.uids.ofTenant(), NOBODY), {});
  }

  /** All events of a user, part by part. @throws {DomainError} not-found `user_not_found`, before the first part */
  async ofUser(userId: number): Promise<AsyncGenerator<string, void, undefined>> {
    return this.write(await this.exported.ofUser(userId));
  }

  /** All events of a calendar, part by part. @throws {DomainError} not-found `calendar_not_found`, before the first part */
  async ofCalendar(id: number): Promise<AsyncGenerator<string, void, undefined>> {
    return this.write(await this.exported.ofCalendar(id));
  }

  private async write(calendar: ExportedCalendar): Promise<AsyncGenerator<string, void, undefined>> {
    const uids = await this.uids.ofTenant();
    const earliest = await this.exported.earliestOf(calendar);
    return this.parts(calendar, uids, earliest);
  }

  private async *parts(
    calendar: ExportedCalendar,
    uids: TenantUids,
    earliest: Instant | null,
  ): AsyncGenerator<string, void, undefined> {
    const writer = writerFor(calendar, earliest);
    yield writer.begin();
    for await (const page of this.exported.pages(calendar)) {
      yield page
        .flatMap((event) => toICalendar(event, uids, calendar.userId))
        .map((event) => writer.event(event))
        .join('');
    }
    yield writer.end();
  }
}

function toICalendar(exported: ExportableEvent, uids: TenantUids, userId: number): ICalendarEvent[] {
  if (!exported.details) {
    const { times } = exported;
    return seenTimes(times, (originalStart) => uids.redacted(times.eventId, userId, originalStart));
  }
  const { event, kept, isOwn } = exported;
  const shown = {
    uid: kept.uid ?? uids.derived(event.id),
    content: isOwn ? storedContentOf(kept) : null,
    occurrences: isOwn ? storedOccurrencesOf(kept) : new Map(),
    people: true,
  };
  return [seenEvent(event, shown)];
}
