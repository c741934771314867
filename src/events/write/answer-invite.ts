import { formatCivilTime } from '../../calendar/time/civil-time.js';
import { formatWhen } from '../../calendar/time/when.js';
import { notFound } from '../../errors/domain-error.js';
import type { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { repeats } from '../../scheduling/occurrences/series-record.js';
import type { AnsweredInvite, InviteOfUser } from '../model/attendance/invite-record.js';
import { attendsAt, memberOf } from '../model/attendance/member.js';
import { answerTo } from '../model/attendance/participation.js';
import type { Answer } from '../model/commands.js';
import type { PartialEventRecord, RecordedOccurrence } from '../model/event-record.js';
import type { InviteStatus } from '../model/event-words.js';
import { findOccurrence } from '../model/original-start.js';
import type { ChangeResources } from './change-resources.js';

/** The result of an answer. */
export interface WrittenAnswer {
  /** The fields of the answered invite that the answer sets. */
  readonly answered: Partial<AnsweredInvite>;
  readonly changed: boolean;
  /** The participation status before the answer. */
  readonly before: InviteStatus;
  /** Absent: the answer is to the whole event. */
  readonly occurrence?: RecordedOccurrence;
}

/**
 * Answers an invite to a locked event. The same answer again changes nothing. An answer to an occurrence of an event that
 * does not repeat is an answer to the event.
 * @throws {DomainError} invalid; not-found `invite_not_found`, `occurrence_not_found`
 */
export async function answerInvite(
  answer: Answer,
  { eventId, userId }: InviteOfUser,
  resources: ChangeResources,
  occurrences: OccurrencesService,
): Promise<WrittenAnswer> {
  const { originalStart } = answer;
  const event = originalStart && (await resources.events.withAttendees(eventId, [userId]));
  return event && repeats(event)
    ? answerOccurrence(answer, userId, event, resources, occurrences)
    : answerWhole(answer, resources);
}

async function answerWhole(
  { inviteId, status, comment }: Answer,
  { invites }: ChangeResources,
): Promise<WrittenAnswer> {
  const written = await invites.answer(inviteId, status, comment);
  if (!written) throw notFound('invite', inviteId);
  const { before, changed, ...answered } = written;
  return { answered, changed, before };
}

async function answerOccurrence(
  answer: Answer,
  userId: number,
  event: PartialEventRecord,
  { events, occurrenceRecords, attendance }: ChangeResources,
  occurrences: OccurrencesService,
): Promise<WrittenAnswer> {
  const { inviteId, status, comment, originalStart } = answer;
  const member = memberOf(event, (candidate) => candidate.inviteId === inviteId);
  if (!member || !originalStart) throw notFound('invite', inviteId);
  const occurrence = findOccurrence(event, originalStart, occurrences);
  const key = formatCivilTime(occurrence.originalCivilStart);
  if (!attendsAt(member, key)) throw notFound('occurrence', formatWhen(originalStart));
  const before = answerTo(event, userId, key);
  const next = {
    userId,
    originalStart: key,
    status,
    removed: false,
    comment: comment === undefined ? (before?.comment ?? null) : comment,
  };
  const changed = before?.status !== next.status || before.comment !== next.comment;
  if (changed) {
    await occurrenceRecords.saveAnswer(event.id, next);
    if (member.onlyOccurrences) await attendance.settle(event.id);
    await events.change(event.id, {});
  }
  return {
    answered: {
      status,
      comment: next.comment,
      originalStart: { allDay: event.allDay, timeZone: event.timeZone, instant: occurrence.originalStart },
    },
    changed,
    before: (before ?? member).status as InviteStatus,
    occurrence,
  };
}
