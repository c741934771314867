import { invalidInput } from '../../errors/domain-error.js';
import { inList } from '../../errors/name-refusal.js';
import { EVENT_FIELDS } from '../../events/rest/event-fields.js';
import { REQUESTS } from '../../events/write/batch/event-batch-writer.js';
import { inWireNames } from '../../http/wire-names/wire-names.js';
import { preconditionFailed } from '../../platform/precondition.js';
import { BOOKED } from './people/booked.js';
import { absentInField, absentInPath } from './refusals.js';
import { BIRTHDAY, ONCE } from './responses.js';
import type { Chapter } from './step.js';

const NO_REQUESTS = invalidInput({ field: 'requests', message: 'must hold at least 1' });

const CREATED_EVENTS = {
  events: [
    {
      ...ONCE,
      id: 6,
      title: 'Interview',
      start_date: '2022-10-05T09:00:00Z',
      end_date: '2022-10-05T10:00:00Z',
      duration: 3600,
    },
    {
      ...ONCE,
      id: 7,
      title: 'Decision',
      start_date: '2022-10-06T09:00:00Z',
      end_date: '2022-10-06T09:30:00Z',
      duration: 1800,
    },
  ],
};

const CHANGED_EVENTS = {
  events: [{ ...BIRTHDAY, title: 'Birthday of Ann', location: 'At home', version: 2, ...BOOKED }],
};

/** Two events that are created, changed and deleted together. */
export const EVENT_BATCHES: Chapter = {
  createEvents: {
    problems: {
      400: NO_REQUESTS,
      404: inWireNames(EVENT_FIELDS, REQUESTS(0, absentInField('organizer', 'user'))),
    },
    requests: {
      two: {
        summary: 'Two events',
        value: {
          requests: [
            { title: 'Interview', start_date: '2022-10-05T09:00:00Z', duration: 3600, organizer_user_id: 1 },
            { title: 'Decision', start_date: '2022-10-06T09:00:00Z', duration: 1800, organizer_user_id: 1 },
          ],
        },
      },
    },
    response: CREATED_EVENTS,
  },
  updateEvents: {
    problems: {
      400: NO_REQUESTS,
      404: REQUESTS(0, absentInPath('event')),
      412: REQUESTS(0, preconditionFailed()),
    },
    requests: {
      texts: {
        summary: 'Another title and location, if the event has not changed since',
        value: { requests: [{ id: 3, if_match: 1, title: 'Birthday of Ann', location: 'At home' }] },
      },
    },
    response: CHANGED_EVENTS,
  },
  deleteEvents: {
    problems: {
      400: invalidInput({ field: 'ids', message: 'must name at least 1' }),
      404: inList('ids')(0, absentInPath('event')),
    },
    requests: { two: { summary: 'Two events', value: { ids: [6, 7] } } },
  },
};
