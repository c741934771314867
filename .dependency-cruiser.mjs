/** The modules of src, each before those that may import it. A module imports only modules before it. */
const MODULES = [
  'errors',
  'calendar',
  'platform',
  'database',
  'changes',
  'outbox',
  'http',
  'access',
  'health',
  'metrics',
  'idempotency',
  'api-keys',
  'auth',
  'rate-limit',
  'users',
  'calendars',
  'scheduling',
  'rooms',
  'events',
  'meetings',
  'holds',
  'invites',
  'reminders',
  'webhooks',
  'icalendar',
  'feeds',
  'calendar-subscriptions',
  'accounts',
  'tenants',
  'openapi',
];

const SPEC = '\\.spec\\.ts$';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** No module imports a later one, or a file at the top of src, which puts the modules together. */
const order = MODULES.map((module, index) =>
  rule(
    `order-of-modules: ${module}`,
    'The list MODULES has the order.',
    { path: `^src/${module}/`, pathNot: SPEC },
    { path: [...MODULES.slice(index + 1).map((later) => `^src/${later}/`), '^src/[^/]+\\.ts$'] },
  ),
);

export default {
  forbidden: [
    ...order,
    rule(
      'modules-are-listed',
      'Each folder of src has its place in the list MODULES.',
      { path: '^src/[^/]+/', pathNot: `^src/(${MODULES.join('|')})/` },
      {},
    ),
    rule('no-circular', 'A circle has no layer to start reading from.', {}, { circular: true }),
    rule('not-resolvable', 'Each import exists.', {}, { couldNotResolve: true }),
    rule(
      'calendar-is-pure',
      'The core imports itself, the errors and rrule: no framework, no clock, no randomness, no Node.js.',
      { path: '^src/calendar/', pathNot: SPEC },
      { pathNot: ['^src/(calendar|errors)/', '^node_modules/rrule/'] },
    ),
    rule(
      'controllers-use-services',
      'A service checks access before it reads data.',
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
      'stores-are-private',
      'A module reads the data of another module through its service. Relations of entities cross modules.',
      { path: '^src/([^/]+)/', pathNot: [SPEC, '\\.entity\\.ts$'] },
      { path: '^src/[^/]+/store/', pathNot: '^src/$1/' },
    ),
    rule(
      'relations-alone-cross-stores',
      'An entity uses the entities of another module, and nothing else of its store.',
      { path: '^src/([^/]+)/.*\\.entity\\.ts$' },
      { path: '^src/[^/]+/store/', pathNot: ['^src/$1/', '\\.entity\\.ts$'] },
    ),
    rule(
      'repositories-are-in-store',
      'The rule stores-are-private finds repositories by their folder.',
      { path: '^src/.*\\.repository\\.ts$', pathNot: '^src/[^/]+/store/' },
      {},
    ),
    rule(
      'entities-stay-in-store',
      'Services and mappers use records. The list of entities is for TypeORM.',
      { path: '^src/', pathNot: ['^src/[^/]+/store/', '^src/entities\\.ts$', '\\.module\\.ts$', SPEC] },
      { path: '\\.entity\\.ts$' },
    ),
    rule(
      'entities-are-in-store',
      'Only the repositories beside it use an entity.',
      { path: '^src/.*\\.entity\\.ts$', pathNot: '^src/[^/]+/store/' },
      {},
    ),
    rule(
      'dtos-stay-in-rest',
      'Services take commands and queries. A module declares its controllers, and the document shows all DTOs.',
      { path: '^src/', pathNot: ['/rest/', '\\.module\\.ts$', '^src/openapi/', SPEC] },
      { path: '^src/.*/rest/' },
    ),
    rule(
      'dtos-are-in-rest',
      'A DTO is the form of a request or a response. http/ has those that modules share.',
      { path: '^src/.*\\.dto\\.ts$', pathNot: ['/rest/', '^src/http/'] },
      {},
    ),
    rule(
      'domain-needs-no-http',
      'HTTP is one protocol of several. Only rest/ and the guards and interceptors of a module depend on it.',
      {
        path: '^src/(events|meetings|scheduling|rooms|users|invites|reminders|feeds|webhooks|calendar-subscriptions|accounts|auth)/',
        pathNot: ['/rest/', '\\.(module|guard|interceptor)\\.ts$', SPEC],
      },
      { path: ['^src/http/', '^node_modules/(fastify|@fastify|@nestjs/platform-fastify)/'] },
    ),
    rule(
      'texts-of-times-stay-at-the-edge',
      'Results of services hold instants. Each protocol writes them as it needs.',
      { path: '^src/(events|invites)/', pathNot: ['/rest/', SPEC] },
      { path: '^src/events/model/schedule/event-time-text\\.ts$' },
    ),
    rule(
      'http-exceptions-stay-in-http',
      'Services throw errors of src/errors, which have no HTTP status.',
      { path: '^src/', pathNot: ['^src/http/', SPEC] },
      { path: '^src/http/problem/(problem-exception|status-of-kind)\\.ts$' },
    ),
    rule(
      'repositories-need-no-http',
      'A repository does not depend on its caller.',
      { path: '\\.(repository|entity)\\.ts$' },
      { path: ['\\.(controller|service)\\.ts$', '/rest/', '^src/http/'] },
    ),
    rule(
      'packages-need-no-service',
      'A package gets all it needs by parameters.',
      { path: '^packages/' },
      { path: '^(src|scripts|test|bench)/' },
    ),
    rule(
      'packages-by-name',
      'The service uses what a package exports.',
      { path: '^(src|scripts|test|bench)/' },
      { path: '^packages/[^/]+/src/', pathNot: '^packages/[^/]+/src/(index|testing)\\.ts$' },
    ),
    rule(
      'test-servers-stay-in-tests',
      'The service starts no server that forgets its data.',
      { path: '^src/' },
      { path: '^packages/[^/]+/src/testing\\.ts$' },
    ),
    rule(
      'tracing-is-optional',
      'Without a collector the service loads nothing of OpenTelemetry: start-tracing.ts is imported on demand.',
      {
        path: '^src/',
        pathNot: [SPEC, '^src/platform/tracing/(start-tracing|open-telemetry|reporting-exporter)\\.ts$'],
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
      'The service runs without its tests and benchmarks.',
      { path: ['^src/', '^packages/', '^scripts/', '^ormconfig'], pathNot: SPEC },
      { path: '^(test|bench)/' },
    ),
    rule(
      'shipped-dependencies',
      'The image has no development dependencies.',
      { path: ['^src/', '^packages/'], pathNot: SPEC },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|packages/[^/]+/dist|\\.test-build|coverage)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
