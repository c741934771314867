import { BOOKED_SERIES } from './booked.js';
import { FIRST_SUMMARY, SECOND_SUMMARY } from './people.js';

/** The attendees of the story's events, as responses show them. */

const CREATED = { created_at: '2022-09-06T14:16:53.178Z', updated_at: '2022-09-06T14:16:53.178Z' };

export const ORGANIZER_ATTENDEE = {
  status: 'organizer',
  role: 'required',
  only_occurrences: false,
  user: FIRST_SUMMARY,
  guest: null,
  invite_id: null,
  comment: null,
  ...CREATED,
};

export const INVITED_ATTENDEE = {
  status: 'needs_action',
  role: 'required',
  only_occurrences: false,
  user: SECOND_SUMMARY,
  guest: null,
  invite_id: 1,
  comment: null,
  ...CREATED,
};

export const GUEST_ATTENDEE = {
  ...INVITED_ATTENDEE,
  user: null,
  guest: { email: 'zoe@example.net', name: 'Zoe' },
  invite_id: 2,
};

export const ADDED_ATTENDEE = {
  ...INVITED_ATTENDEE,
  role: 'optional',
  invite_id: 3,
  ...BOOKED_SERIES,
};
