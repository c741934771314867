import type { Chapter } from './step.js';

export const HEALTH: Chapter = {
  getLiveness: { answer: { status: 'ok' } },
  getReadiness: { answer: { status: 'ok' } },
  getMetrics: {},
};
