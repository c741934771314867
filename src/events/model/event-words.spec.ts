import { expect, test } from '@jest/globals';
import { type AnswerStatus, type InviteStatus, takesMoreTime, takesMoreTimeOfRoom } from './event-words.js';

/** The answers that take time which the status before did not take for certain. */
const TAKE_MORE: Record<InviteStatus, readonly AnswerStatus[]> = {
  needs_action: ['accepted', 'tentative'],
  declined: ['accepted', 'tentative'],
  accepted: [],
  tentative: [],
};
const ANSWERS: readonly AnswerStatus[] = ['accepted', 'tentative', 'declined'];

test.each(Object.entries(TAKE_MORE))(
  'after %s, the answers that take more time are %j',
  (before, answers) => {
    const status = before as InviteStatus;
    expect(ANSWERS.filter((answer) => takesMoreTime(status, answer))).toEqual(answers);
  },
);

test.each<InviteStatus>(['needs_action', 'accepted', 'tentative', 'declined'])(
  'after %s, an answer takes more time of a room only if the room had declined',
  (before) => {
    const answers = ANSWERS.filter((answer) => takesMoreTimeOfRoom(before, answer));
    expect(answers).toEqual(before === 'declined' ? ['accepted', 'tentative'] : []);
  },
);
