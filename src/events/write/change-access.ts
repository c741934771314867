import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce, mayActFor } from '../../access/decision.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
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
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * @param event locked by the running transaction
   * @throws {DomainError} not-found `event_not_found`; forbidden; precondition-failed @throws {UnauthenticatedError}
   */
  async expect(event: EventRecord, precondition: Precondition, patch: GuardedPatch = {}): Promise<void> {
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
    precondition.expect(event.version);
  }
}
