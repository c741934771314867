import { invalidInput } from '../../common/domain-error.js';
import { BUSY, NEAREST_INTERVAL } from './answers.js';
import { absent, absentAt, type Chapter, forbidden } from './step.js';

const USER_ONLY = forbidden('Reminders are private to their user.');

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

const HOUR_AND_FIVE_MINUTES = [
  { minutes_before: 60, method: 'log' },
  { minutes_before: 5, method: 'log' },
];

export const REMINDERS: Chapter = {
  getReminders: {
    problems: {
      403: USER_ONLY,
      404: absent('event'),
    },
    answer: {
      use_default: true,
      overrides: [],
      reminders: [{ minutes_before: 10, method: 'log' }],
    },
  },
  setReminders: {
    problems: {
      403: USER_ONLY,
      404: absent('event'),
    },
    requests: {
      overrides: {
        summary: 'Reminders of this event only',
        value: {
          use_default: false,
          overrides: HOUR_AND_FIVE_MINUTES,
        },
      },
      none: { summary: 'No reminder of this event', value: { use_default: false, overrides: [] } },
      default: { summary: "The user's default reminders", value: { use_default: true } },
    },
    answer: { use_default: false, overrides: HOUR_AND_FIVE_MINUTES, reminders: HOUR_AND_FIVE_MINUTES },
  },
};

export const HEALTH: Chapter = {
  getLiveness: { answer: { status: 'ok' } },
  getReadiness: { answer: { status: 'ok' } },
  getMetrics: {},
};
