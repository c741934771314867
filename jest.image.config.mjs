import config from './jest.config.mjs';

const [, e2e] = config.projects;

/** Tests of the image of the Dockerfile. The build needs two installations by npm, so `npm test` excludes them. */
export default {
  testTimeout: 600_000,
  projects: [{ ...e2e, displayName: 'image', testMatch: ['<rootDir>/test/image/**/*.spec.ts'] }],
};
