import { Injectable } from '@nestjs/common';
import { AnswersRepository } from './answers.repository.js';
import { EventsRepository } from './events.repository.js';
import { OccurrenceExceptionsRepository } from './occurrence-exceptions.repository.js';
import { RememberedDeclinesRepository } from './remembered-declines.repository.js';

/** The tables of an event and all that belongs to it. */
@Injectable()
export class EventTables {
  constructor(
    readonly events: EventsRepository,
    readonly exceptions: OccurrenceExceptionsRepository,
    readonly answers: AnswersRepository,
    readonly declines: RememberedDeclinesRepository,
  ) {}
}
