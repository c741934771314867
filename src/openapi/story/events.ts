import { DAY, SECOND } from '../../calendar/time/civil-time.js';
import { syncTokenExpired } from '../../changes/sync/sync-tokens.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { MAX_EVENT_DAYS } from '../../events/model/schedule/schedule-change.js';
import { EVENT_FIELDS } from '../../events/rest/event-fields.js';
import { tooManyInvitations } from '../../events/write/invitation-limit.service.js';
import { ONLY_WRITERS } from '../../events/write/series-store.js';
import { integerFault } from '../../http/fields/integer-field.js';
import { inWireNames } from '../../http/wire-names/wire-names.js';
import { EVENT_BATCHES } from './event-batches.js';
import { BOOKED, BOOKED_SERIES } from './people/booked.js';
import { WEEKLY_EVENT } from './people/weekly-event.js';
import {
  CHANGED_EVENT,
  CHANGED_OCCURRENCE,
  EXTERNAL_EVENT,
  LISTED_EVENTS,
  OCCURRENCES_OF_WEEK,
  PLANNING,
} from './responses.js';
import { absentInField, absentInPath, forbidden, KEY_REQUIRED, TIME_TAKEN } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

const ORGANIZER_ONLY = forbidden('Only its organizer, or a writer of the calendar, may change an event.');

/** In the names of the request, as `WireNamesInterceptor` translates them. */
const TOO_MANY_INVITATIONS = inWireNames(EVENT_FIELDS, tooManyInvitations());

/** Event 1 to 4 of user 1. User 2 is invited to event 2; event 4 is changed and deleted. Event 5 has an id of the product; events 6 and 7 are a batch. */
/** The window of the lists of events. An incremental list has none, so the parameters are optional. */
export const WINDOW = { from: '2022-09-05T00:00:00Z', to: '2022-09-12T00:00:00Z' };

export const EVENTS_CHAPTER: Chapter = {
  createEvent: {
    problems: {
      400: invalidInput({
        field: 'duration',
        message: integerFault(-1, 0, (MAX_EVENT_DAYS * DAY) / SECOND) ?? '',
      }),
      403: forbidden(ONLY_WRITERS),
      404: absentInField('organizer_user_id', 'user'),
      409: TIME_TAKEN,
      429: TOO_MANY_INVITATIONS,
    },
    requests: {
      weekly: {
        summary: 'Three days a week',
        value: {
          title: 'event2',
          desc: 'description2',
          start_date: '2022-09-06T14:16:47.878689Z',
          invited_user_ids: [],
          organizer_user_id: 1,
          duration: 6000,
          repeat: { frequency: 'weekly', days_of_week: [1, 2, 3] },
        },
      },
      invitation: {
        summary: 'Every Thursday in a time zone, with an invited user',
        value: {
          title: 'Planning',
          start_date: '2022-09-08T10:00:00',
          end_date: '2022-09-08T11:30:00',
          time_zone: 'Europe/Moscow',
          location: 'Room 5',
          organizer_user_id: 1,
          invited_user_ids: [2],
          repeat: { frequency: 'weekly' },
        },
      },
      birthday: {
        summary: 'A whole day every year',
        value: {
          title: 'Birthday',
          start_date: '2022-09-06',
          all_day: true,
          organizer_user_id: 1,
          repeat: { frequency: 'yearly' },
        },
      },
      rule: {
        summary: 'By a rule of RFC 5545: the last working day of each month',
        value: {
          title: 'Accounts',
          start_date: '2022-09-30T09:00:00Z',
          duration: 3600,
          organizer_user_id: 1,
          repeat: { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' },
        },
      },
    },
    response: { ...WEEKLY_EVENT, ...BOOKED_SERIES },
  },
  setEventByExternalId: {
    parameters: { external_id: 'case-42' },
    problems: {
      400: invalidInput({ field: 'external_id', message: 'differs from that of the path' }),
      403: KEY_REQUIRED,
      404: absentInField('organizer_user_id', 'user'),
      409: TIME_TAKEN,
      429: TOO_MANY_INVITATIONS,
    },
    requests: {
      review: {
        summary: 'An event of the product',
        value: {
          title: 'Review of case 42',
          start_date: '2022-10-03T09:00:00Z',
          duration: 3600,
          organizer_user_id: 1,
          url: 'https://crm.example/cases/42',
          color: '#1a73e8',
          categories: ['review'],
          conference: { url: 'https://meet.example/case-42', provider: 'Jitsi' },
          metadata: { case_id: '42' },
          invited: [{ email: 'zoe@example.net', name: 'Zoe' }],
        },
      },
    },
    response: { ...EXTERNAL_EVENT, ...BOOKED },
  },
  getEventByExternalId: {
    parameters: { external_id: 'case-42' },
    problems: {
      400: invalidInput({ field: 'external_id', message: 'must not be empty' }),
      404: new DomainError('not-found', 'event_not_found', 'No event has this external id.'),
    },
    response: EXTERNAL_EVENT,
  },
  listUserEvents: {
    parameters: WINDOW,
    response: LISTED_EVENTS,
    problems: {
      404: absentInPath('user'),
      410: syncTokenExpired(),
    },
  },
  searchEvents: {
    parameters: { q: 'planning' },
    response: [PLANNING],
    problems: {
      400: invalidInput({ field: 'q', message: 'must not be empty' }),
      404: absentInField('attendee_user_id', 'user'),
    },
  },
  ...EVENT_BATCHES,
  getEvent: {
    response: WEEKLY_EVENT,
    problems: {
      404: absentInPath('event'),
    },
  },
  updateEvent: {
    problems: {
      403: ORGANIZER_ONLY,
      404: absentInPath('event'),
      409: TIME_TAKEN,
      429: TOO_MANY_INVITATIONS,
    },
    parameters: { event_id: 4 },
    requests: {
      text: {
        summary: 'Another title and location',
        value: { title: 'Monthly accounts', location: 'Room 6' },
      },
      time: { summary: 'Another time of day', value: { start_date: '2022-09-30T10:00:00Z', duration: 5400 } },
      rule: {
        summary: 'Another rule: the last Friday of each month, for a year',
        value: {
          repeat: { frequency: 'monthly', days_of_week: [5], week_of_month: -1, until: '2023-08-31' },
        },
      },
    },
    response: CHANGED_EVENT,
  },
  deleteEvent: {
    parameters: { event_id: 4 },
    problems: {
      403: ORGANIZER_ONLY,
      404: absentInPath('event'),
    },
  },
};

export const OCCURRENCES_CHAPTER: Chapter = {
  listOccurrences: {
    response: OCCURRENCES_OF_WEEK,
    problems: {
      404: absentInPath('event'),
    },
  },
  updateOccurrence: {
    problems: {
      403: ORGANIZER_ONLY,
      404: absentInPath('event'),
      409: TIME_TAKEN,
      429: TOO_MANY_INVITATIONS,
    },
    requests: {
      text: { summary: 'Another title', value: { title: 'event2, just this once' } },
      time: { summary: 'Another time', value: { start_date: '2022-09-12T16:00:00Z', duration: 3600 } },
    },
    response: CHANGED_OCCURRENCE,
  },
  deleteOccurrence: {
    parameters: { original_start: '2022-09-13T14:16:47Z' },
    problems: {
      403: ORGANIZER_ONLY,
      404: absentInPath('event'),
    },
  },
};
