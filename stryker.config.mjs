/**
 * Mutation tests of the core, run by hand: `npm run test:mutation -- --mutate 'src/calendar/intervals/*.ts'`. Each mutant
 * runs the unit, conformance and property tests that reach it.
 */
export default {
  packageManager: 'npm',
  mutate: ['src/calendar/**/*.ts', '!src/calendar/**/*.spec.ts'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'jest.mutation.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // A mutant that changes no constant but runs at load time needs a new process; there are few, and they say little.
  ignoreStatic: true,
  ignorePatterns: ['bench', 'clients', 'deploy', 'docs', 'tools', 'web'],
  tempDirName: '.stryker',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.stryker-report/mutation.json' },
  concurrency: 1,
};
