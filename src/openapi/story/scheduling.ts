import { invalidInput } from '../../errors/domain-error.js';
import { INSTANT_MESSAGE } from '../../http/fields/instant-field.js';
import { MAX_DURATION } from '../../scheduling/nearest-interval/nearest-interval-limits.js';
import { BUSY, NEAREST_INTERVAL } from './answers.js';
import { absentAt } from './refusals.js';
import type { Chapter } from './step.js';

export const SCHEDULING: Chapter = {
  getFreeBusy: {
    answer: BUSY,
    problems: {
      400: invalidInput({ field: 'from', message: INSTANT_MESSAGE }),
      404: absentAt('user_ids', 'user'),
    },
  },
  findNearestEmptyTimeInterval: {
    answer: NEAREST_INTERVAL,
    problems: {
      400: invalidInput({ field: 'duration', message: `must be from 1 to ${MAX_DURATION} seconds` }),
      404: absentAt('user_ids', 'user'),
    },
  },
};
