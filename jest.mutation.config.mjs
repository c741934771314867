import base from './jest.config.mjs';

const room = process.env.ROOM;
const folder = ['src/calendar', room].filter(Boolean).join('/');
const [unit] = base.projects;

/** The tests that `npm run test:mutation` runs against each mutant of the core: the quick ones first, until one fails. */
export default {
  ...unit,
  testMatch: [
    `<rootDir>/${folder}/**/*.spec.ts`,
    ...(room === undefined ? ['<rootDir>/test/conformance/**/*.spec.ts'] : []),
  ],
  testSequencer: '<rootDir>/test/support/smallest-first.cjs',
  bail: 1,
};
