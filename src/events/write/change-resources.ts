import { Injectable } from '@nestjs/common';
import { UsersService } from '../../users/read/users.service.js';
import { AnswerResetRepository } from '../store/attendees/answer-reset.repository.js';
import { AttendeesRepository } from '../store/attendees/attendees.repository.js';
import { GuestsRepository } from '../store/attendees/guests.repository.js';
import { OccurrenceAttendanceRepository } from '../store/attendees/occurrence-attendance.repository.js';
import { EventsRepository } from '../store/events.repository.js';
import { InvitesRepository } from '../store/invites.repository.js';
import { OccurrenceRecordsRepository } from '../store/occurrence-records.repository.js';
import { RememberedDeclinesRepository } from '../store/remembered-declines.repository.js';
import { GuestAddresses } from './attendees/guest-addresses.js';
import { EventHandover } from './handover/event-handover.js';

/** The tables of an event and all that belongs to it, and the users whom a change invites. */
@Injectable()
export class ChangeResources {
  constructor(
    readonly events: EventsRepository,
    readonly occurrenceRecords: OccurrenceRecordsRepository,
    readonly invites: InvitesRepository,
    readonly declines: RememberedDeclinesRepository,
    readonly attendees: AttendeesRepository,
    readonly guests: GuestsRepository,
    readonly attendance: OccurrenceAttendanceRepository,
    readonly answerReset: AnswerResetRepository,
    readonly addresses: GuestAddresses,
    readonly handover: EventHandover,
    readonly users: UsersService,
  ) {}
}
