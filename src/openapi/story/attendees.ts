import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { EVENT_FIELDS } from '../../events/rest/event-fields.js';
import { tooManyInvitations } from '../../events/write/invitation-limit.service.js';
import { inWireNames } from '../../http/wire-names/wire-names.js';
import { ADDED_ATTENDEE } from './people/attendee-examples.js';
import { absentInPath, forbidden } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

const ORGANIZER_ONLY = forbidden('Only its organizer, or a writer of the calendar, may change an event.');

/** User 2 and a guest are invited to event 1, and the user is removed again. */
export const ATTENDEES_CHAPTER: Chapter = {
  createAttendee: {
    problems: {
      400: invalidInput({
        field: 'user_id',
        message: 'a request has exactly one of user_id, room_id and email',
      }),
      403: ORGANIZER_ONLY,
      404: absentInPath('event'),
      409: new DomainError('conflict', 'already_attends', 'The person attends the event already.'),
      429: inWireNames({ ...EVENT_FIELDS, invitedUsers: 'user_id' }, tooManyInvitations()),
    },
    requests: {
      user: { summary: 'A user', value: { user_id: 2, role: 'optional' } },
      guest: { summary: 'A guest without an account', value: { email: 'zoe@example.net', name: 'Zoe' } },
    },
    response: ADDED_ATTENDEE,
  },
  deleteAttendee: {
    parameters: { user_id: 2 },
    problems: {
      403: ORGANIZER_ONLY,
      404: absentInPath('attendee'),
      409: new DomainError(
        'conflict',
        'organizer_attends',
        'The organizer attends the event: hand the event over first.',
      ),
    },
  },
};
