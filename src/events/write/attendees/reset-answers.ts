import { isResource } from '../../../users/model/user-record.js';
import type { MovedOccurrences } from '../../model/attendance/moved-occurrences.js';
import type { EventRecord } from '../../model/event-record.js';
import type { AnswerResetRepository } from '../../store/attendees/answer-reset.repository.js';
import type { OccurrenceAttendanceRepository } from '../../store/attendees/occurrence-attendance.repository.js';

/** The tables that the function writes, and the services that it asks. */
interface Resources {
  readonly answerReset: AnswerResetRepository;
  readonly attendance: OccurrenceAttendanceRepository;
}

/**
 * The answers to occurrences that one change of a series writes for attendees who stay with them.
 * @public `docs/limits.md` lists it.
 */
export const MAX_KEPT_ANSWERS = 10_000;

/**
 * Makes the answers to moved occurrences of a locked event open, declines too. The answers to the other occurrences stay:
 * where only the series moves, an attendee's answer to the series becomes one to each occurrence that stays, at most
 * `MAX_KEPT_ANSWERS` of them.
 * @param keepsAnswers whether the answers of persons stay. A room's answer is decided again in any case.
 */
export async function resetAnswers(
  { id, attendees, guests, answers, guestAnswers }: EventRecord,
  { series, moved, unmoved }: MovedOccurrences,
  keepsAnswers: boolean,
  { answerReset, attendance }: Resources,
): Promise<void> {
  const members = attendees.length - 1 + guests.length;
  const userIds = keepsAnswers ? attendees.filter(isResource).map(({ userId }) => userId) : null;
  if ((!series && moved.length === 0) || userIds?.length === 0) return;
  // Most events have no attendee but the owner. Users who attended before may have declined.
  if (members + answers.length + guestAnswers.length === 0) {
    await answerReset.forget(id, userIds, series ? [...moved, ''] : moved);
    return;
  }
  await answerReset.resetOccurrences(id, userIds, moved, !series);
  if (series) {
    const keptOfEach = Math.floor(MAX_KEPT_ANSWERS / Math.max(1, members));
    await answerReset.resetEvent(id, userIds, unmoved.slice(0, keptOfEach));
  }
  await attendance.settle(id);
}
