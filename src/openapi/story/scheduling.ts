import { invalidInput } from '../../errors/domain-error.js';
import { INSTANT_MESSAGE } from '../../http/fields/instant-field.js';
import { MAX_DURATION_SECONDS } from '../../scheduling/nearest-interval/nearest-interval-limits.js';
import { BUSY_INTERVALS, NEAREST_INTERVAL } from './responses.js';
import { absentInField } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

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
