import { invalidInput } from '../../errors/domain-error.js';
import { INSTANT_MESSAGE } from '../../http/fields/instant-field.js';
import { MAX_DURATION_SECONDS } from '../../scheduling/nearest-interval/nearest-interval-limits.js';
import { BUSY_INTERVALS } from './responses.js';
import { absentInField } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

const NEAREST = {
  start: '2022-09-07T09:00:00Z',
  end: '2022-09-07T10:00:00Z',
  free_until: '2022-09-07T14:16:47Z',
};

const MEETING_OF_USER_1 = { start: '2022-09-06T14:16:47Z', end: '2022-09-06T15:56:47Z' };
const AFTER_WORK = { rule: 'outside_working_hours', until: NEAREST.start };

/** For a request of Tuesday at 14:16 UTC with `explain=true`. */
const NEAREST_INTERVAL = {
  ...NEAREST,
  suggestions: [{ ...NEAREST, attending: [1, 2] }],
  reasons: [
    {
      user_id: 1,
      rule: 'busy',
      until: MEETING_OF_USER_1.end,
      optional: false,
      unavailable_throughout: false,
    },
    { user_id: 1, ...AFTER_WORK, optional: false, unavailable_throughout: false },
    { user_id: 2, ...AFTER_WORK, optional: false, unavailable_throughout: false },
  ],
  relaxations: [{ user_id: 1, rule: 'busy', start: MEETING_OF_USER_1.start, end: '2022-09-06T15:16:47Z' }],
};

export const SCHEDULING_CHAPTER: Chapter = {
  getFreeBusy: {
    response: BUSY_INTERVALS,
    problems: {
      400: invalidInput({ field: 'from', message: INSTANT_MESSAGE }),
      404: absentInField('user_ids', 'user'),
    },
  },
  findNearestEmptyTimeInterval: {
    response: NEAREST_INTERVAL,
    problems: {
      400: invalidInput({ field: 'duration', message: `must be from 1 to ${MAX_DURATION_SECONDS} seconds` }),
      404: absentInField('user_ids', 'user'),
    },
  },
};
