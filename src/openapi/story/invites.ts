import { EXPORTED_INVITE, INVITE } from './responses.js';
import { absentInPath, forbidden } from './steps/refusals.js';
import type { Chapter, RequestExample } from './steps/step.js';

const INVITED_USER_ONLY = forbidden(
  'Only the invited user, or a writer of the calendar, may answer an invite.',
);

const WITHOUT_COMMENT: RequestExample = { summary: 'Without a comment', value: {} };

/** The invite of user 2 to event 2, and that of a guest to event 5. */
export const INVITES_CHAPTER: Chapter = {
  listUserInvites: {
    parameters: { user_id: 2 },
    response: [INVITE],
    problems: {
      403: forbidden('Only the invited user may list the invites.'),
      404: absentInPath('user'),
    },
  },
  tentativelyAcceptInvite: {
    problems: {
      403: INVITED_USER_ONLY,
      404: absentInPath('invite'),
    },
    requests: {
      plain: WITHOUT_COMMENT,
      comment: { summary: 'With a comment', value: { comment: 'I have to ask first.' } },
    },
    response: { ...INVITE, status: 'tentative' },
  },
  declineInvite: {
    problems: {
      403: INVITED_USER_ONLY,
      404: absentInPath('invite'),
    },
    requests: {
      plain: WITHOUT_COMMENT,
      comment: { summary: 'With a comment', value: { comment: 'I am away in September.' } },
      occurrence: { summary: 'One occurrence only', value: { original_start: '2022-09-15T07:00:00Z' } },
    },
    response: { ...INVITE, status: 'declined', comment: 'I have to ask first.' },
  },
  acceptInvite: {
    problems: {
      403: INVITED_USER_ONLY,
      404: absentInPath('invite'),
    },
    requests: {
      plain: WITHOUT_COMMENT,
      comment: { summary: 'With a comment', value: { comment: 'I shall be five minutes late.' } },
      occurrence: { summary: 'One occurrence only', value: { original_start: '2022-09-22T07:00:00Z' } },
    },
    response: { ...INVITE, status: 'accepted', comment: 'I am away in September.' },
  },
  getInvite: {
    response: EXPORTED_INVITE,
    problems: {
      404: absentInPath('invite'),
    },
  },
  deleteInvite: {
    parameters: { invite_id: 2 },
    problems: {
      403: forbidden('Only its organizer, or a writer of the calendar, may change an event.'),
      404: absentInPath('invite'),
    },
  },
};
