import { invalidInput } from '../../../errors/domain-error.js';
import { absentInField } from './refusals.js';
import type { Chapter } from './step.js';

/** The steps that find and book meetings of several people. */
export const MEETINGS_STEPS: Chapter = {
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
          start_date: '2022-09-08T08:30:00Z',
          end_date: '2022-09-08T09:30:00Z',
          occurrences: 11,
          misses: [{ original_start: '2022-09-22T08:30:00Z', reasons: [{ user_id: 1, rule: 'busy' }] }],
        },
      ],
      time_zone: 'Europe/Moscow',
    },
    problems: {
      400: invalidInput({ field: 'repeat', message: 'must end: send `count` or `until`' }),
      404: absentInField('user_ids', 'user'),
    },
  },
};
