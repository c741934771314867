import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { UsersService } from '../../users/read/users.service.js';
import type { EventFields } from '../model/event-record.js';
import { AnswerResetRepository } from '../store/attendees/answer-reset.repository.js';
import { AttendeesRepository } from '../store/attendees/attendees.repository.js';
import { GuestsRepository } from '../store/attendees/guests.repository.js';
import { OccurrenceAttendanceRepository } from '../store/attendees/occurrence-attendance.repository.js';
import { CalendarEntriesRepository } from '../store/calendars/calendar-entries.repository.js';
import { EventContentsRepository } from '../store/contents/event-contents.repository.js';
import { EventsRepository } from '../store/events.repository.js';
import { InvitesRepository } from '../store/invites.repository.js';
import { OccurrenceRecordsRepository } from '../store/occurrence-records.repository.js';
import {
  type DeclinedStarts,
  RememberedDeclinesRepository,
} from '../store/remembered-declines.repository.js';
import { GuestAddresses } from './attendees/guest-addresses.js';
import { EventHandover } from './handover/event-handover.js';

/** Writes new values of fields of an event, and increments its version. */
export interface FieldWriter {
  change(id: number, fields: Partial<EventFields>): Promise<void>;
}

/** The tables of an event and all that belongs to it, the users whom a change invites, and the caller. */
@Injectable()
export class ChangeResources {
  /** Writes the fields of an event that a patch changes as a whole. */
  readonly fields: FieldWriter;
  /** The declines that a change of a schedule carries over. */
  readonly declined: DeclinedStarts;

  constructor(
    readonly events: EventsRepository,
    readonly occurrenceRecords: OccurrenceRecordsRepository,
    readonly invites: InvitesRepository,
    readonly entries: CalendarEntriesRepository,
    readonly declines: RememberedDeclinesRepository,
    readonly attendees: AttendeesRepository,
    readonly guests: GuestsRepository,
    readonly attendance: OccurrenceAttendanceRepository,
    readonly answerReset: AnswerResetRepository,
    readonly addresses: GuestAddresses,
    readonly contents: EventContentsRepository,
    readonly handover: EventHandover,
    readonly users: UsersService,
    readonly calendars: UserCalendarsService,
    readonly currentActor: CurrentActor,
  ) {
    this.fields = events;
    this.declined = declines;
  }
}
