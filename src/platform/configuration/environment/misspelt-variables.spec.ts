import { describe, expect, test } from '@jest/globals';
import { describeMisspelt, misspeltVariables } from './misspelt-variables.js';
import { KNOWN_NAMES } from './variables.js';

function meant(name: string, platform?: NodeJS.Platform): string | null {
  return misspeltVariables({ [name]: 'a value' }, platform)[0]?.meant ?? null;
}

describe('a variable that the service does not read', () => {
  test.each([
    ['AUTHMODE', 'AUTH_MODE'],
    ['auth_mode', 'AUTH_MODE'],
    ['Auth-Mode', 'AUTH_MODE'],
    ['AUTH_MODES', 'AUTH_MODE'],
    ['AUTH_MOED', 'AUTH_MODE'],
    ['DATABASEURL', 'DATABASE_URL'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATABASE_POOLSIZE', 'DATABASE_POOL_SIZE'],
    ['DATADIR', 'DATA_DIR'],
    ['DATA_DIRECTORY', 'DATA_DIR'],
    ['JWTSECRET', 'JWT_SECRET'],
    ['JWT_SECRETS', 'JWT_SECRET'],
    ['JWTSECRET_FILE', 'JWT_SECRET_FILE'],
    ['JWT_SERCET_FILE', 'JWT_SECRET_FILE'],
    ['AUTH_MODE_FILE', 'AUTH_MODE'],
    ['LOG_LEVLE', 'LOG_LEVEL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['CORS_ORIGIN', 'CORS_ORIGINS'],
    ['TRUST_PROXIES', 'TRUST_PROXY'],
    ['TRUSTED_PROXIES', 'TRUST_PROXY'],
    ['RATELIMIT', 'RATE_LIMIT'],
    ['RATE_LIMIT_KEY', 'RATE_LIMIT_KEYS'],
    ['RATE_LIMITS_KEYS', 'RATE_LIMIT_KEYS'],
    ['SHUTDWN_DELLAY', 'SHUTDOWN_DELAY'],
    ['PUBLIC_URI', 'PUBLIC_URL'],
    ['SMTP_URI', 'SMTP_URL'],
    ['NODE_EVN', 'NODE_ENV'],
    ['port', 'PORT'],
  ])('is taken for a misspelling: %s for %s', (name, expected) => {
    expect(meant(name)).toBe(expected);
  });

  test.each([
    [
      'shells and sessions',
      `PATH HOME HOSTNAME HOSTTYPE LOGNAME PWD OLDPWD SHELL SHLVL TERM USER LANG LC_ALL DISPLAY EDITOR
       MAIL TMPDIR PORTAL POST SORT HOSTS XDG_DATA_DIRS _ XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS
       SSH_AUTH_SOCK http_proxy HTTPS_PROXY NO_PROXY`,
    ],
    [
      'Node.js, npm and continuous integration',
      `npm_config_loglevel npm_package_config_port npm_lifecycle_event NODE NODE_OPTIONS NODE_PATH
       NODE_VERSION NODENV_VERSION CI GITHUB_ENV GITHUB_REF RUNNER_OS FORCE_COLOR NO_COLOR`,
    ],
    [
      'containers, services of Kubernetes and platforms',
      `CALENDAR_SERVICE_HOST CALENDAR_PORT CALENDAR_SERVICE_PORT DATABASE_PORT DATABASE_SERVICE_HOST
       SMTP_PORT SMTP_SERVICE_HOST AUTH_PORT LOG_PORT PUBLIC_PORT KUBERNETES_PORT POSTGRES_PORT
       POSTGRES_PASSWORD POSTGRES_DB REDIS_URL HEROKU_POSTGRESQL_URL TEST_DATABASE_URL`,
    ],
    [
      'PostgreSQL, mail and others',
      `PGHOST PGPORT PGDATA PGDATABASE PGSSLMODE DATABASE_SSL DATABASE_USER DATABASE_NAME
       DATABASE_HOST DATABASE_PASSWORD DATABASE_POOL_MAX SMTP_HOST SMTP_USER SMTP_PASSWORD
       OTEL_TRACES_EXPORTER OTEL_LOGS_EXPORTER OTEL_METRICS_EXPORTER OTEL_EXPORTER_OTLP_TIMEOUT
       OTEL_EXPORTER_OTLP_INSECURE OTEL_EXPORTER_OTLP_TRACES_ENDPOINT OTEL_EXPORTER_OTLP_TRACES_HEADERS
       OTEL_EXPORTER_OTLP_TRACES_PROTOCOL OTEL_PROPAGATORS OTEL_LOG_LEVEL TZ DEBUG`,
    ],
  ])('is left alone if it is one of %s', (_, names) => {
    expect(names.split(/\s+/).filter((name) => meant(name) !== null)).toEqual([]);
  });

  test('is none of those that it reads, nor an empty one', () => {
    expect(misspeltVariables(Object.fromEntries(KNOWN_NAMES.map((name) => [name, 'a value'])))).toEqual([]);
    expect(misspeltVariables({ AUTHMODE: '' })).toEqual([]);
  });

  test('is not compared if its name is longer than 40 letters', () => {
    expect(meant('AUTH_MODE'.padEnd(40, '_'))).toBe('AUTH_MODE');
    expect(meant('AUTH_MODE'.padEnd(41, '_'))).toBeNull();
  });

  test('may be spelt in any case on Windows', () => {
    expect(meant('Auth_Mode', 'win32')).toBeNull();
    expect(meant('AuthMode', 'win32')).toBe('AUTH_MODE');
  });

  test('is named beside the one that was meant, without its value', () => {
    expect(misspeltVariables({ JWTSECRET: 'hunter2' }).map(describeMisspelt)).toEqual([
      'The service does not know the variable JWTSECRET and ignores it: did you mean JWT_SECRET?',
    ]);
  });
});
