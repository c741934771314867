import { INVITE } from './answers.js';
import { absent, forbidden } from './refusals.js';
import type { Chapter, RequestExample } from './step.js';

const INVITED_USER_ONLY = forbidden('Only the invited user may answer an invite.');

const WITHOUT_COMMENT: RequestExample = { summary: 'Without a comment', value: {} };

/** The invite of user 2 to event 2. */
export const INVITES: Chapter = {
  listUserInvites: {
    parameters: { user_id: 2 },
    answer: [INVITE],
    problems: {
      403: forbidden('Only the invitee may list their invites.'),
      404: absent('user'),
    },
  },
  getInvite: {
    answer: INVITE,
    problems: {
      404: absent('invite'),
    },
  },
  tentativelyAcceptInvite: {
    problems: {
      403: INVITED_USER_ONLY,
      404: absent('invite'),
    },
    requests: {
      plain: WITHOUT_COMMENT,
      comment: { summary: 'With a comment', value: { comment: 'I have to ask first.' } },
    },
    answer: { ...INVITE, status: 'tentative' },
  },
  declineInvite: {
    problems: {
      403: INVITED_USER_ONLY,
      404: absent('invite'),
    },
    requests: {
      plain: WITHOUT_COMMENT,
      comment: { summary: 'With a comment', value: { comment: 'I am away in September.' } },
      occurrence: { summary: 'One occurrence only', value: { original_start: '2022-09-15T07:00:00Z' } },
    },
    answer: { ...INVITE, status: 'declined', comment: 'I have to ask first.' },
  },
  acceptInvite: {
    problems: {
      403: INVITED_USER_ONLY,
      404: absent('invite'),
    },
    requests: {
      plain: WITHOUT_COMMENT,
      comment: { summary: 'With a comment', value: { comment: 'I shall be five minutes late.' } },
      occurrence: { summary: 'One occurrence only', value: { original_start: '2022-09-22T07:00:00Z' } },
    },
    answer: { ...INVITE, status: 'accepted', comment: 'I am away in September.' },
  },
};
