/**
 * Mutation tests of the core, run by hand. `npm run test:mutation` changes all of the core, which takes hours;
 * `ROOM=intervals npm run test:mutation` changes one room of it and runs the tests of that room alone.
 */
const folder = ['src/calendar', process.env.ROOM].filter(Boolean).join('/');

export default {
  packageManager: 'npm',
  mutate: [`${folder}/**/*.ts`, '!src/calendar/**/*.spec.ts', '!src/calendar/time/time-zone-names.ts'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'jest.mutation.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // Constants are read when a module is loaded, which happens once for all tests: such a mutant needs a run of its own.
  ignoreStatic: true,
  // Error texts are for people: no test should repeat them.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: [
    '.bench-build',
    '.test-build',
    'bench',
    'dist',
    'clients',
    'deploy',
    'docs',
    'packages',
    'tools',
  ],
  tempDirName: '.stryker',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.stryker-report/mutation.json' },
  concurrency: 1,
};
