const project = {
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // The sources, so that unit tests need no build.
    '^@calendar-backend/embedded-postgres$': '<rootDir>/packages/embedded-postgres/src/index.ts',
    '^@calendar-backend/embedded-postgres/testing$': '<rootDir>/packages/embedded-postgres/src/testing.ts',
  },
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: [
    '<rootDir>/dist',
    '<rootDir>/packages/[^/]+/dist',
    '<rootDir>/.bench-build',
    '<rootDir>/.test-build',
    '<rootDir>/.stryker',
  ],
};

/** Unit tests are beside the code and need no PostgreSQL. Only a run with end-to-end tests starts one. */
export default {
  // Some tests start servers of their own, on busy machines.
  testTimeout: 60_000,
  // Node.js keeps the modules of every test file: without new processes, the heap passes 4 GB before the last file. Two
  // processes, the PostgreSQL and the services that tests start take 1.1 GB together.
  maxWorkers: 2,
  workerIdleMemoryLimit: '120MB',
  projects: [
    {
      ...project,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/src/**/*.spec.ts',
        '<rootDir>/scripts/**/*.spec.ts',
        '<rootDir>/bench/**/*.spec.ts',
        '<rootDir>/packages/*/src/**/*.spec.ts',
        '<rootDir>/test/{conformance,deployment,property}/**/*.spec.ts',
      ],
    },
    {
      ...project,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
};
