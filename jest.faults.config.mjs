import config from './jest.config.mjs';

const [, e2e] = config.projects;

/** What happens to machines: minutes of it, one file after the other, and so apart from `npm test`. */
export default {
  testTimeout: 180_000,
  maxWorkers: 1,
  projects: [{ ...e2e, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.spec.ts'] }],
};
