import { formatCivilTime } from '../../../calendar/time/civil-time.js';
import { formatWhen } from '../../../calendar/time/when.js';
import { notFound } from '../../../errors/domain-error.js';
import type { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { repeats } from '../../../scheduling/occurrences/series-record.js';
import type { AnsweredInvite } from '../../model/attendance/invite-record.js';
import { attendsAt, memberOf } from '../../model/attendance/member.js';
import type { Answer } from '../../model/commands.js';
import type { EventRecord } from '../../model/event-record.js';
import { findOccurrence } from '../../model/original-start.js';
import type { GuestsRepository } from '../../store/attendees/guests.repository.js';
import type { OccurrenceAttendanceRepository } from '../../store/attendees/occurrence-attendance.repository.js';
import type { EventsRepository } from '../../store/events.repository.js';

/** The tables that the function writes, and the services that it asks. */
interface Resources {
  readonly guests: GuestsRepository;
  readonly attendance: OccurrenceAttendanceRepository;
  readonly events: EventsRepository;
}

/** The fields of the invite that the answer for a guest sets. */
interface GuestAnswered {
  readonly answered: Partial<AnsweredInvite>;
  readonly changed: boolean;
}

/**
 * Answers for a guest of a locked event. The same answer again changes nothing. A guest takes no time.
 * @throws {DomainError} not-found `invite_not_found`, `occurrence_not_found`
 */
export async function answerForGuest(
  answer: Answer,
  event: EventRecord,
  resources: Resources,
  occurrences: OccurrencesService,
): Promise<GuestAnswered> {
  const { inviteId, status, originalStart } = answer;
  const guest = event.guests.find((candidate) => candidate.inviteId === inviteId);
  const member = memberOf(event, (candidate) => candidate.inviteId === inviteId);
  if (!guest || !member) throw notFound('invite', inviteId);
  const commentAfter = (before: string | null) => (answer.comment === undefined ? before : answer.comment);
  if (originalStart === undefined || !repeats(event)) {
    const comment = commentAfter(guest.comment);
    const answers = member.onlyOccurrences ? [...member.answers.values()] : [guest];
    const changed = answers.some((each) => each.status !== status) || guest.comment !== comment;
    if (!changed) return { answered: { status, comment }, changed };
    const updatedAt = await resources.guests.answer(
      event.id,
      inviteId,
      { status, comment },
      member.onlyOccurrences,
    );
    await resources.events.change(event.id, {});
    return { answered: { status, comment, updatedAt }, changed };
  }
  const occurrence = findOccurrence(event, originalStart, occurrences);
  const key = formatCivilTime(occurrence.originalCivilStart);
  if (!attendsAt(member, key)) throw notFound('occurrence', formatWhen(originalStart));
  const before = event.guestAnswers.find((each) => each.inviteId === inviteId && each.originalStart === key);
  const comment = commentAfter(before?.comment ?? null);
  const changed = before?.status !== status || before.comment !== comment;
  if (changed) {
    await resources.guests.answerAt(event.id, {
      inviteId,
      originalStart: key,
      status,
      comment,
      removed: false,
    });
    await resources.attendance.settle(event.id);
    await resources.events.change(event.id, {});
  }
  const at = { allDay: event.allDay, timeZone: event.timeZone, instant: occurrence.originalStart };
  return { answered: { status, comment, originalStart: at }, changed };
}
