import { isResource } from '../../../users/model/user-record.js';
import type { EventRecord } from '../event-record.js';
import type { ParticipationStatus } from '../event-words.js';

interface AnswerAt {
  readonly originalStart: string;
  readonly status: ParticipationStatus;
}

/**
 * Counts the persons, guests included, who attend an event in a room. Of a series, the largest number at one occurrence
 * that takes place and that the room attends. Attendees who have declined do not count. 0 if the room attends no occurrence.
 */
export function attendanceInRooms(event: EventRecord): (roomId: number) => number {
  const cancelled = event.overrides.filter((override) => override.cancelled);
  const notTakingPlace = new Set(cancelled.map(({ originalStart }) => originalStart));
  const takesPlace = ({ originalStart }: AnswerAt) => !notTakingPlace.has(originalStart);
  const answers = event.answers.filter(takesPlace);
  const statuses = new Map(event.attendees.map(({ userId, status }) => [userId, status]));
  const rooms = new Set(event.attendees.filter(isResource).map(({ userId }) => userId));
  const ofGuests = new Map(event.guests.map(({ inviteId, status }) => [inviteId, status]));
  // An attendee of single occurrences has declined the event.
  const persons = [...statuses].filter(([userId]) => !rooms.has(userId)).map(([, status]) => status);
  const inGeneral = [...persons, ...ofGuests.values()].filter(attends).length;
  const byKey = new Map<string, number>();
  const count = ({ originalStart, status }: AnswerAt, before: ParticipationStatus | undefined) => {
    if (before === undefined) return;
    const change = Number(attends(status)) - Number(attends(before));
    byKey.set(originalStart, (byKey.get(originalStart) ?? inGeneral) + change);
  };
  for (const answer of answers) if (!rooms.has(answer.userId)) count(answer, statuses.get(answer.userId));
  for (const answer of event.guestAnswers.filter(takesPlace)) count(answer, ofGuests.get(answer.inviteId));
  return (roomId) => {
    const status = statuses.get(roomId) ?? 'declined';
    const own = answers.filter(({ userId }) => userId === roomId);
    const answered = new Set(own.map(({ originalStart }) => originalStart));
    const general = [...byKey].filter(([key]) => !answered.has(key)).map(([, attendees]) => attendees);
    return [
      ...(attends(status) ? [inGeneral, ...general] : []),
      ...own
        .filter((answer) => attends(answer.status))
        .map((answer) => byKey.get(answer.originalStart) ?? inGeneral),
    ].reduce((most, attendees) => Math.max(most, attendees), 0);
  };
}

function attends(status: ParticipationStatus): boolean {
  return status !== 'declined';
}
