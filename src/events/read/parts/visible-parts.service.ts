import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { type VisiblePart, visiblePart } from '../../../calendars/model/grants/calendar-access.js';
import { CalendarAccessService } from '../../../calendars/read/calendar-access.service.js';
import type { TenantChanges } from '../../../calendars/read/known/tenant-changes.js';
import { attends, calendarOfAttendee, organizersCalendarOf } from '../../model/event.policy.js';
import type { PartialEventRecord } from '../../model/event-record.js';

/** An event, and the user through whose calendar it is read; null: through the calendar of its organizer. */
interface ReadEvent {
  readonly event: PartialEventRecord;
  readonly throughUserId: number | null;
}

/** Decides which parts of events the current actor sees. */
@Injectable()
export class VisiblePartsService {
  constructor(
    private readonly access: CalendarAccessService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The parts that the current actor sees of events, in at most one query. Each event has been read with its organizer, the
   * actor, and the user through whose calendar it is read.
   * @param changes of which the request has noted a look-up of its own; null: there was none
   */
  async of(read: readonly ReadEvent[], changes: TenantChanges | null = null): Promise<VisiblePart[]> {
    const actor = this.currentActor.get();
    const guarded = read.map(({ event, throughUserId }) => ({
      attends: attends(actor, event),
      isPrivate: event.visibility === 'private',
      calendarIds: [
        organizersCalendarOf(event),
        ...(throughUserId === null || throughUserId === event.organizerId
          ? []
          : [calendarOfAttendee(event, throughUserId)]),
      ],
    }));
    const others = guarded.filter((event) => !event.attends);
    const accessTo = await this.access.to(
      others.flatMap(({ calendarIds }) => calendarIds),
      changes,
    );
    return guarded.map((event) => visiblePart(event, event.calendarIds.map(accessTo)));
  }
}
