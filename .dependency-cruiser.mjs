/** Which way the arrows run: controller -> service -> { repository, calendar }. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    rule('no-circular', 'A circle has no layer to start reading from.', {}, { circular: true }),
    rule('not-resolvable', 'An import leads somewhere.', {}, { couldNotResolve: true }),
    rule(
      'calendar-is-pure',
      'The core imports itself, the errors and rrule.',
      { path: '^src/calendar/', pathNot: '\\.spec\\.ts$' },
      { pathNot: ['^src/(calendar|errors)/', '^node_modules/rrule/'] },
    ),
    rule(
      'controllers-speak-to-services',
      'Data are reached through a service, which asks for access first.',
      { path: '\\.controller\\.ts$' },
      {
        path: [
          '\\.(repository|entity)\\.ts$',
          '^src/database/',
          '^node_modules/(typeorm|@nestjs/typeorm|pg)/',
        ],
      },
    ),
    rule(
      'repositories-are-private',
      "Another module's data are asked of its service.",
      { path: '^src/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      { path: '^src/[^/]+/.*\\.repository\\.ts$', pathNot: '^src/$1/' },
    ),
    rule(
      'entities-stay-inside',
      'What enters and leaves is a DTO.',
      { path: ['/rest/'] },
      { path: '\\.entity\\.ts$' },
    ),
    rule(
      'repositories-know-no-http',
      'A repository answers questions whoever asks.',
      { path: '\\.(repository|entity)\\.ts$' },
      { path: ['\\.(controller|service)\\.ts$', '/rest/'] },
    ),
    rule(
      'database-is-below',
      'The connection serves the modules; it knows of their entities alone.',
      { path: '^src/database/' },
      { path: '^src/', pathNot: ['^src/(database|errors|platform|http|metrics)/', '\\.entity\\.ts$'] },
    ),
    rule(
      'platform-is-below',
      'What all modules share depends on none.',
      { path: '^src/(errors|platform|http)/', pathNot: '\\.spec\\.ts$' },
      { path: '^src/', pathNot: ['^src/(errors|platform|http|calendar|database|metrics)/'] },
    ),
    rule(
      'tracing-is-optional',
      'Without a collector nothing of OpenTelemetry is loaded: start-tracing.ts is imported on demand, and leads to the rest.',
      {
        path: '^src/',
        pathNot: [
          '\\.spec\\.ts$',
          '^src/platform/tracing/(start-tracing|open-telemetry|reporting-exporter)\\.ts$',
        ],
      },
      {
        path: [
          '^node_modules/@opentelemetry/',
          '^src/platform/tracing/(start-tracing|open-telemetry|reporting-exporter)\\.ts$',
        ],
        dynamic: false,
      },
    ),
    rule(
      'prom-client-by-file',
      'The index of prom-client loads the API of OpenTelemetry.',
      { path: '^src/' },
      { path: '^node_modules/prom-client/index', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'service-needs-no-tests',
      'What is shipped runs without what measures it.',
      { path: ['^src/', '^scripts/', '^ormconfig'], pathNot: '\\.spec\\.ts$' },
      { path: '^(test|bench)/' },
    ),
    rule(
      'shipped-dependencies',
      'What is shipped is installed without development dependencies.',
      { path: '^src/', pathNot: '\\.spec\\.ts$' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.test-build|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
