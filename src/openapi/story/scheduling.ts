import { invalidInput } from '../../errors/domain-error.js';
import { BUSY, NEAREST_INTERVAL } from './answers.js';
import { absentAt } from './refusals.js';
import type { Chapter } from './step.js';

const NO_INSTANT = 'must be an RFC 3339 instant with an offset or Z, in the years 1900 to 2999';

export const SCHEDULING: Chapter = {
  getFreeBusy: {
    answer: BUSY,
    problems: {
      400: invalidInput({ field: 'from', message: NO_INSTANT }),
      404: absentAt('user_ids', 'user'),
    },
  },
  findNearestEmptyTimeInterval: {
    answer: NEAREST_INTERVAL,
    problems: {
      400: invalidInput({ field: 'duration', message: 'must be from 1 to 31622400 seconds' }),
      404: absentAt('user_ids', 'user'),
    },
  },
};
