import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { EVENT_FIELDS } from '../../events/rest/event-fields.js';
import { tooManyInvitations } from '../../events/write/invitation-limit.service.js';
import { ONLY_WRITERS } from '../../events/write/series-store.js';
import { inWireNames } from '../../http/wire-names/wire-names.js';
import { MAX_DURATION_SECONDS } from '../../scheduling/nearest-interval/nearest-interval-limits.js';
import { INVITED_ATTENDEE, ORGANIZER_ATTENDEE } from './people/attendee-examples.js';
import { ONCE } from './responses.js';
import { absentInField, forbidden } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

const WRONG_DURATION = invalidInput({
  field: 'duration',
  message: `must be from 1 to ${MAX_DURATION_SECONDS} seconds`,
});

/** Event 9 is a meeting of users 1 and 2. */
export const MEETINGS_CHAPTER: Chapter = {
  findSeriesSlots: {
    requests: {
      weekly: {
        summary: 'An hour each week, twelve times',
        value: {
          duration: '1h',
          repeat: { frequency: 'weekly', count: 12 },
          from: '2022-09-08T07:00:00Z',
          to: '2022-09-09T15:00:00Z',
          user_ids: [1, 2],
          step: '30m',
        },
      },
    },
    response: {
      slots: [
        {
          start_date: '2022-09-08T09:00:00Z',
          end_date: '2022-09-08T10:00:00Z',
          occurrences: 12,
          misses: [],
        },
      ],
      time_zone: 'UTC',
    },
    problems: {
      400: WRONG_DURATION,
      404: absentInField('user_ids', 'user'),
    },
  },
  findTimes: {
    requests: {
      groups: {
        summary: 'Half an hour of Ivan with one member of a round robin',
        value: {
          duration: '30m',
          from: '2022-09-09T07:00:00Z',
          to: '2022-09-09T15:00:00Z',
          groups: [{ user_ids: [1] }, { user_ids: [2], min_attending: 1, assign: 'round_robin' }],
        },
      },
    },
    response: {
      suggestions: [{ start: '2022-09-09T09:00:00Z', end: '2022-09-09T09:30:00Z', assignment: [[1], [2]] }],
    },
    problems: {
      400: WRONG_DURATION,
      404: absentInField('groups.0.user_ids', 'user'),
    },
  },
  bookMeeting: {
    requests: {
      demo: {
        summary: 'Half an hour of Ivan with one member of a round robin',
        value: {
          title: 'Demo',
          organizer_user_id: 1,
          start_date: '2022-09-09T09:00:00Z',
          duration: '30m',
          groups: [{ user_ids: [1] }, { user_ids: [2], min_attending: 1, assign: 'round_robin' }],
        },
      },
    },
    response: {
      ...ONCE,
      id: 10,
      title: 'Demo',
      start_date: '2022-09-09T09:00:00Z',
      end_date: '2022-09-09T09:30:00Z',
      duration: 1800,
      attendees: [ORGANIZER_ATTENDEE, { ...INVITED_ATTENDEE, invite_id: 5 }],
    },
    problems: {
      400: WRONG_DURATION,
      403: forbidden(ONLY_WRITERS),
      404: absentInField('groups.0.user_ids', 'user'),
      409: new DomainError(
        'conflict',
        'time_taken',
        'groups.1: has too few members who can attend at that time.',
        [{ field: 'groups.1', message: 'has too few members who can attend at that time' }],
      ),
      429: inWireNames(EVENT_FIELDS, tooManyInvitations()),
    },
  },
};
