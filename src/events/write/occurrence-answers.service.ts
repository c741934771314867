import { Injectable } from '@nestjs/common';
import { formatCivilTime } from '../../calendar/time/civil-time.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import type { EventRecord, OccurrenceAnswerRecord } from '../model/event-record.js';
import { formatEventTime } from '../model/event-times.js';
import { type Answer, takesTimeAnew } from '../model/event-words.js';
import { occurrenceNamed } from '../model/original-start.js';
import { EventsService } from '../read/events.service.js';
import { OccurrenceExceptionsRepository } from '../store/occurrence-exceptions.repository.js';
import { attendedBy } from './booked-event.js';

/** An answer to one occurrence, with its original start as it leaves. */
export interface OccurrenceAnswered extends Pick<OccurrenceAnswerRecord, 'status' | 'comment'> {
  readonly originalStart: string;
}

/** Keeps what invitees answer to single occurrences. */
@Injectable()
export class OccurrenceAnswersService {
  constructor(
    private readonly events: EventsService,
    private readonly exceptions: OccurrenceExceptionsRepository,
    private readonly occurrences: OccurrencesService,
    private readonly feed: ChangeFeed,
    private readonly conflicts: ConflictsService,
  ) {}

  /**
   * The answer to the occurrence that `originalStart` names; its original start alone, if there is none.
   * @throws {DomainError} invalid, not-found `occurrence_not_found`
   */
  of(
    event: EventRecord,
    userId: number,
    originalStart: string,
  ): Pick<OccurrenceAnswered, 'originalStart'> | OccurrenceAnswered {
    const occurrence = occurrenceNamed(event, originalStart, this.occurrences);
    const key = formatCivilTime(occurrence.originalCivilStart);
    const given = event.answers.find((answer) => answer.userId === userId && answer.originalStart === key);
    return {
      originalStart: formatEventTime(event, occurrence.originalStart),
      ...(given && { status: given.status, comment: given.comment }),
    };
  }

  /**
   * Answers the occurrence that `originalStart` names; the same answer again changes nothing. Within a transaction
   * that has locked the event.
   * @param comment undefined: what was said before to this occurrence stays
   * @throws {DomainError} invalid, not-found `occurrence_not_found`; conflict `time_taken`
   */
  async answer(
    event: EventRecord,
    userId: number,
    originalStart: string,
    status: Answer,
    comment: string | null | undefined,
  ): Promise<OccurrenceAnswered> {
    const occurrence = occurrenceNamed(event, originalStart, this.occurrences);
    const key = formatCivilTime(occurrence.originalCivilStart);
    const before = event.answers.find((answer) => answer.userId === userId && answer.originalStart === key);
    const said = comment === undefined ? (before?.comment ?? null) : comment || null;
    if (before?.status !== status || before.comment !== said) {
      await this.exceptions.saveAnswer(event.id, {
        userId,
        originalStart: key,
        status,
        comment: said,
      });
      await this.events.raiseVersion(event.id);
      this.feed.answerChanged(event.id, userId);
      const attendee = event.attendees.find((candidate) => candidate.userId === userId);
      if (takesTimeAnew((before ?? attendee)?.status ?? 'needs_action', status)) {
        await this.conflicts.bookAnswer(userId, occurrence, async () =>
          attendedBy(await this.events.withAttendees(event.id, [userId]), userId),
        );
      }
    }
    return { status, comment: said, originalStart: formatEventTime(event, occurrence.originalStart) };
  }
}
