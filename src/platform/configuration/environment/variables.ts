/** The words of a variable that switches something. */
export const ON_OFF = ['on', 'off'] as const;

/** The words of a variable that is true or false. */
export const TRUE_FALSE = ['true', 'false'] as const;

/** The variables that hold a secret. Each may name a file instead: `JWT_SECRET_FILE` names the file of `JWT_SECRET`. */
export const SECRET_VARIABLES = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_REPLICA_URL',
  'JWT_SECRET',
  'BOOTSTRAP_API_KEY',
  'SMTP_URL',
  'WEBHOOK_SECRET',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const;
export type SecretVariable = (typeof SECRET_VARIABLES)[number];

/**
 * The variables of README's table "Configuration", in its order. The service reads no other, except `NODE_ENV`, and the
 * SDK of OpenTelemetry all of its own.
 */
export const VARIABLES = [
  'PORT',
  'HOST',
  'DATABASE_URL',
  'DATABASE_SCHEMA',
  'DATABASE_POOL_SIZE',
  'DATABASE_POOLER',
  'DATABASE_DIRECT_URL',
  'DATABASE_REPLICA_URL',
  'DATA_DIR',
  'AUTH_MODE',
  'SIGN_UP',
  'DIRECTORY',
  'DEFAULT_VISIBILITY',
  'DEFAULT_CALENDAR_ROLE',
  'JWT_SECRET',
  'BOOTSTRAP_API_KEY',
  'OIDC_ISSUER',
  'OIDC_AUDIENCE',
  'RATE_LIMIT',
  'RATE_LIMIT_KEYS',
  'PUBLIC_URL',
  'CORS_ORIGINS',
  'TRUST_PROXY',
  'LOG_LEVEL',
  'LOG_PRETTY',
  'SMTP_URL',
  'SMTP_FROM',
  'WEBHOOK_SECRET',
  'WEBHOOK_ALLOW_PRIVATE',
  'WEBHOOK_DISPATCH',
  'CALENDAR_FETCH',
  'CALENDAR_CACHE_MB',
  'SHUTDOWN_DELAY',
  'REMINDER_DISPATCH',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_SERVICE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_SDK_DISABLED',
] as const;

type Name = (typeof VARIABLES)[number] | `${SecretVariable}_FILE` | 'NODE_ENV';

/** Every name that the service reads: the variables of the table, the files of the secrets, and `NODE_ENV`. */
export const KNOWN_NAMES: readonly Name[] = [
  ...VARIABLES,
  ...SECRET_VARIABLES.map((secret) => `${secret}_FILE` as const),
  'NODE_ENV',
];

/** The environment with the names above alone: another name does not compile. */
export type Variables = Readonly<Partial<Record<Name, string>>>;
