import type { Chapter } from './steps/step.js';

export const HEALTH_CHAPTER: Chapter = {
  getLiveness: { response: { status: 'ok' } },
  getReadiness: { response: { status: 'ok' } },
  getMetrics: {},
};
