import base from './jest.config.mjs';

const [unit] = base.projects;

/** The tests that `npm run test:mutation` runs against each mutant of the core. */
export default { ...unit, testMatch: ['<rootDir>/test/mutation/core.spec.ts'] };
