import { Injectable } from '@nestjs/common';
import { EventsRepository } from './events.repository.js';
import { InvitesRepository } from './invites.repository.js';
import { OccurrenceExceptionsRepository } from './occurrence-exceptions.repository.js';
import { RememberedDeclinesRepository } from './remembered-declines.repository.js';

/** The tables of an event and all that belongs to it. */
@Injectable()
export class EventTables {
  constructor(
    readonly events: EventsRepository,
    readonly exceptions: OccurrenceExceptionsRepository,
    readonly invites: InvitesRepository,
    readonly declines: RememberedDeclinesRepository,
  ) {}
}
