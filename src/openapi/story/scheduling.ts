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

/** For a request of Tuesday at 14:16 UTC. */
const NEAREST_INTERVAL = {
  ...NEAREST,
  suggestions: [{ ...NEAREST, attending: [1, 2] }],
  reasons: [
    { user_id: 1, rule: 'busy', unavailable_throughout: false },
    { user_id: 1, rule: 'outside_working_hours', unavailable_throughout: false },
    { user_id: 2, rule: 'outside_working_hours', unavailable_throughout: false },
  ],
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
