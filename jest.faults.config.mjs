import config from './jest.config.mjs';

const [, e2e] = config.projects;

/** Tests of faults of machines. They take minutes and run one after the other, so `npm test` excludes them. */
export default {
  testTimeout: 180_000,
  maxWorkers: 1,
  projects: [{ ...e2e, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.spec.ts'] }],
};
