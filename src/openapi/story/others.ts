import { BUSY, NEAREST_INTERVAL } from './answers.js';
import type { Chapter } from './step.js';

export const SCHEDULING: Chapter = {
  getFreeBusy: { answer: BUSY },
  findNearestEmptyTimeInterval: { answer: NEAREST_INTERVAL },
};

const HOUR_AND_FIVE_MINUTES = [
  { minutes_before: 60, method: 'log' },
  { minutes_before: 5, method: 'log' },
];

export const REMINDERS: Chapter = {
  getReminders: {
    answer: {
      use_default: true,
      overrides: [],
      reminders: [{ minutes_before: 10, method: 'log' }],
    },
  },
  setReminders: {
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
