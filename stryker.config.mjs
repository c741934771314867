/**
 * Mutation tests of the core, run by hand. `ROOM=intervals npm run test:mutation`, or `ROOM=recurrence/rule`, changes one
 * room and runs the specs of that room alone, in minutes. Without `ROOM`, all of the core, which takes hours.
 */
const room = process.env.ROOM;
const folder = ['src/calendar', room].filter(Boolean).join('/');

export default {
  packageManager: 'npm',
  mutate: [`${folder}/**/*.ts`, '!src/calendar/**/*.spec.ts', '!src/calendar/time/names/time-zone-names.ts'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'jest.mutation.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // Most loops for ever end at Stryker's limit of hits, in less than a second. A timeout on a busy machine counts as killed.
  timeoutMS: 10_000,
  // Node.js keeps the modules of earlier runs; a new process for every 100 mutants frees them.
  maxTestRunnerReuse: 100,
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
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `.stryker-report/${room?.replaceAll('/', '-') ?? 'core'}.json` },
  concurrency: 1,
};
