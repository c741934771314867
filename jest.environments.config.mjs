import config from './jest.config.mjs';

const [, e2e] = config.projects;

/** Tests that need programs that npm does not install: see test/environments/run. */
export default {
  testTimeout: 180_000,
  maxWorkers: 1,
  projects: [
    { ...e2e, displayName: 'environments', testMatch: ['<rootDir>/test/environments/**/*.spec.ts'] },
  ],
};
