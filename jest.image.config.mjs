import config from './jest.config.mjs';

const [, e2e] = config.projects;

/** The image of the Dockerfile, which takes two installations by npm to build. */
export default {
  testTimeout: 600_000,
  projects: [{ ...e2e, displayName: 'image', testMatch: ['<rootDir>/test/image/**/*.spec.ts'] }],
};
