import { absentInPath, forbidden } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

const USER_ONLY = forbidden('Reminders are private to their user.');

const HOUR_AND_FIVE_MINUTES = [
  { minutes_before: 60, method: 'log' },
  { minutes_before: 5, method: 'log' },
];

export const REMINDERS_CHAPTER: Chapter = {
  getReminders: {
    problems: {
      403: USER_ONLY,
      404: absentInPath('event'),
    },
    response: {
      use_default: true,
      overrides: [],
      reminders: [{ minutes_before: 10, method: 'log' }],
    },
  },
  setReminders: {
    problems: {
      403: USER_ONLY,
      404: absentInPath('event'),
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
    response: { use_default: false, overrides: HOUR_AND_FIVE_MINUTES, reminders: HOUR_AND_FIVE_MINUTES },
  },
};
