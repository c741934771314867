import config from './jest.config.mjs';

const [, e2e] = config.projects;

/** What needs programs that npm does not bring: see test/environments/run. */
export default {
  testTimeout: 180_000,
  maxWorkers: 1,
  projects: [
    { ...e2e, displayName: 'environments', testMatch: ['<rootDir>/test/environments/**/*.spec.ts'] },
  ],
};
