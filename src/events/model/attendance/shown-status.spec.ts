import { expect, test } from '@jest/globals';
import {
  attendsOccurrencesOnly,
  type InviteStatus,
  type ParticipationStatus,
  shownStatus,
} from '../event-words.js';

test.each<[ParticipationStatus, InviteStatus | null, boolean, ParticipationStatus]>([
  ['accepted', null, false, 'accepted'],
  ['declined', null, false, 'declined'],
  ['declined', 'needs_action', true, 'needs_action'],
  ['declined', 'accepted', true, 'accepted'],
  // The version before wrote an answer to the whole event.
  ['accepted', 'needs_action', false, 'accepted'],
  ['organizer', 'accepted', false, 'organizer'],
])('the status %s with the sum %p', (status, occurrencesStatus, only, shown) => {
  expect(attendsOccurrencesOnly({ status, occurrencesStatus })).toBe(only);
  expect(shownStatus<ParticipationStatus>({ status, occurrencesStatus })).toBe(shown);
});
