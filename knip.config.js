/**
 * Finds unused files, exports and dependencies: `npm run check:unused`. The run with `--production` reads only the entries
 * and files with a `!`, so that it also finds exports that tests alone use. `@public` in a doc comment permits such an
 * export, with the reason.
 */
export default {
  // A type that only its own file names may still be exported: it is a part of a signature. A function or a constant may
  // not.
  ignoreExportsUsedInFile: { interface: true, type: true },
  workspaces: {
    '.': {
      entry: [
        'src/main.ts!',
        'src/health/probe.ts!',
        'scripts/*.ts!',
        // For the TypeORM CLI.
        'ormconfig.ts!',
        'jest.*.config.mjs',
        'test/**/*.spec.ts',
        'test/support/*.mjs',
        // Tests start it as a process of its own, and global-setup.mjs imports the build of the other.
        'test/support/database/{embedded,test}-server.ts',
        'bench/run.ts',
        'bench/*.bench.ts',
        'bench/**/*-instance.ts',
        // Modules that instances of a benchmark load by their paths.
        'bench/scale/collect.ts',
        'bench/request-path/{replace-modules,replaced-modules}.ts',
        'bench/request-path/without/*.ts',
      ],
      project: [
        'src/**/*.ts!',
        'scripts/**/*.ts!',
        '!**/*.spec.ts!',
        'test/**/*.{ts,mjs}',
        'bench/**/*.ts',
        '*.{ts,mjs}',
      ],
      ignoreDependencies: [
        // Types, and the bare service of a benchmark; @nestjs/platform-fastify brings the version that runs.
        'fastify',
        // The client of clients/typescript needs it, and tests install that client.
        'openapi-fetch',
        // Loaded by createRequire, since its types are not installed.
        'semver',
        // Its data are read as files.
        'cldr-core',
        // The default collection of the Nest CLI, which is not installed.
        '@nestjs/schematics',
      ],
      // Programs of the machine. Tests and benchmarks that need one are skipped without it.
      ignoreBinaries: ['chromium', 'khal', 'mount', 'nginx', 'pgbouncer', 'promtool', 'umount'],
    },
    'packages/*': {
      entry: ['src/server/guardian.ts!'],
      project: ['src/**/*.ts!', '!**/*.spec.ts!'],
    },
  },
};
