import config from './jest.config.mjs';

const [, e2e] = config.projects;

/**
 * Tests of other programs that use the API. They need packages that `npm ci` does not install, so `npm test` excludes
 * them.
 */
export default {
  ...config,
  testTimeout: 180_000,
  projects: [{ ...e2e, displayName: 'clients', testMatch: ['<rootDir>/test/clients/**/*.spec.ts'] }],
};
