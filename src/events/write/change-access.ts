import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce, mayActFor } from '../../access/decision.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import { ReadOnlyCalendars, refuseReadOnly } from '../../calendars/read/read-only-calendars.service.js';
import type { Precondition } from '../../platform/precondition.js';
import type { EventPatch } from '../model/commands.js';
import { mayChangeEvent, organizersCalendarOf, whyNotWritten } from '../model/event.policy.js';
import type { EventRecord } from '../model/event-record.js';
import { EventViewsService } from '../read/event-views.service.js';

/** The fields of a patch on which access depends. */
export type GuardedPatch = Pick<EventPatch, 'visibility' | 'organizerId'>;

/** Decides whether the current actor may change an event. */
@Injectable()
export class ChangeAccess {
  constructor(
    private readonly views: EventViewsService,
    private readonly access: CalendarAccessService,
    private readonly readOnly: ReadOnlyCalendars,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * @param event locked by the running transaction @param readOnly the result of `readOnlyOf`; null: it was not asked
   * @throws {DomainError} not-found `event_not_found`; forbidden, `read_only_calendar`; precondition-failed
   * @throws {UnauthenticatedError}
   */
  async expect(
    event: EventRecord,
    precondition: Precondition,
    patch: GuardedPatch = {},
    readOnly: ReadonlySet<number> | null = null,
  ): Promise<void> {
    const actor = this.currentActor.get();
    const [{ userId: id, protected: isProtected }] = event.attendees;
    const asOrganizer = mayActFor(actor, { id, protected: isProtected });
    if (asOrganizer !== 'allow') {
      const calendarId = organizersCalendarOf(event);
      const access = (await this.access.to([calendarId]))(calendarId);
      const isPrivate = event.visibility === 'private' || patch.visibility === 'private';
      const decision = mayChangeEvent(actor, event, access, isPrivate);
      if (decision !== 'allow') await this.views.expectVisible(event);
      const reason = 'Only its organizer, or a writer of the calendar, may change an event.';
      enforce(decision, whyNotWritten(access, isPrivate) ?? reason);
      if (patch.organizerId !== undefined && patch.organizerId !== event.organizerId)
        enforce(asOrganizer, 'Only its organizer may hand an event over.');
    }
    refuseReadOnly(organizersCalendarOf(event), readOnly ?? (await this.readOnlyOf([event])));
    precondition.expect(event.version);
  }

  /** @throws {DomainError} forbidden `read_only_calendar`, if the organizer has the event in a read-only calendar */
  async expectWritable(event: Pick<EventRecord, 'organizerId' | 'attendees'>): Promise<void> {
    await this.readOnly.expectWritable(organizersCalendarOf(event));
  }

  /** The calendars of the organizers that are read-only, in one statement for all of the events. */
  async readOnlyOf(events: Iterable<EventRecord>): Promise<ReadonlySet<number>> {
    return this.readOnly.among([...events].map(organizersCalendarOf));
  }
}
