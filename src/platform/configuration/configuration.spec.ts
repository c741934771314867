import { describe, expect, test } from '@jest/globals';
import { readConfiguration } from './configuration.js';
import { MAX_SHUTDOWN_DELAY } from './sections/process-configuration.js';

const secret = 'a-secret-of-thirty-two-bytes-or-more';

/** The lines of the error; none if the configuration is good. */
function errorsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfiguration(environment);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}

describe('the configuration', () => {
  test('of an empty environment serves this machine alone, on a server of its own', () => {
    expect(readConfiguration({}, false)).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: null,
      databaseReplicaUrl: null,
      databaseDirectUrl: null,
      databasePooler: 'none',
      databaseSchema: 'public',
      databasePoolSize: 20,
      dataDir: '.data',
      authMode: 'optional',
      signUp: 'open',
      directory: 'open',
      defaultVisibility: 'public',
      defaultCalendarRole: 'reader',
      jwtSecrets: [],
      bootstrapApiKey: null,
      oidc: null,
      rateLimit: null,
      rateLimitKeys: null,
      logLevel: 'info',
      logPretty: false,
      publicUrl: null,
      corsOrigins: [],
      trustedProxies: [],
      shutdownDelay: 0,
      calendarCacheBytes: 64 * 2 ** 20,
      reminderDispatch: true,
      smtpUrl: null,
      smtpFrom: 'calendar@localhost',
      webhookSecret: null,
      webhookAllowPrivate: false,
      webhookDispatch: true,
      calendarFetch: true,
      tracing: null,
    });
  });

  test('in production serves every interface and demands tokens', () => {
    expect(readConfiguration({ NODE_ENV: 'production', JWT_SECRET: secret })).toMatchObject({
      production: true,
      host: '0.0.0.0',
      authMode: 'required',
      signUp: 'open',
      directory: 'shared',
      defaultVisibility: 'public',
      defaultCalendarRole: 'reader',
      jwtSecrets: [secret],
      rateLimit: { requests: 600, seconds: 60 },
      rateLimitKeys: { requests: 6000, seconds: 60 },
      shutdownDelay: 5_000,
    });
  });

  test('takes an empty variable for one that is not set', () => {
    expect(readConfiguration({ PORT: '', DATABASE_URL: '', AUTH_MODE: '' })).toEqual(readConfiguration({}));
  });

  test('reads how the database is reached', () => {
    const environment = {
      DATABASE_POOLER: 'transaction',
      DATABASE_DIRECT_URL: 'postgres://db.example.com/calendar',
      DATABASE_SCHEMA: 'a'.repeat(63),
      DATABASE_POOL_SIZE: '1000',
    };
    expect(readConfiguration(environment)).toMatchObject({
      databasePooler: 'transaction',
      databaseDirectUrl: 'postgres://db.example.com/calendar',
      databaseSchema: 'a'.repeat(63),
      databasePoolSize: 1000,
    });
  });

  test.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3e3'],
    ['DATABASE_URL', 'mysql://localhost/calendar'],
    ['DATABASE_URL', 'calendar'],
    ['DATABASE_URL', 'postgres:/ann:hunter2@db/calendar'],
    ['DATABASE_URL', 'postgres:ann:hunter2@db/calendar'],
    ['DATABASE_URL', 'postgres://ann:12/3@db/calendar'],
    ['DATABASE_URL', 'postgres://ann:12#3@db/calendar'],
    ['DATABASE_REPLICA_URL', 'calendar'],
    ['DATABASE_DIRECT_URL', 'calendar'],
    ['DATABASE_URL', 'postgres://localhost/calendar?sslmode=always'],
    ['DATABASE_POOLER', 'session'],
    ['DATABASE_SCHEMA', 'calendar"; DROP'],
    ['DATABASE_SCHEMA', 'pg_calendar'],
    ['DATABASE_SCHEMA', 'information_schema'],
    ['DATABASE_SCHEMA', 'a'.repeat(64)],
    ['DATABASE_POOL_SIZE', '0'],
    ['DATABASE_POOL_SIZE', '1001'],
    ['DATABASE_POOL_SIZE', '2.5'],
    ['AUTH_MODE', 'Required'],
    ['SIGN_UP', 'no'],
    ['DIRECTORY', 'closed'],
    ['DEFAULT_VISIBILITY', 'hidden'],
    ['DEFAULT_CALENDAR_ROLE', 'editor'],
    ['JWT_SECRET', 'short'],
    ['RATE_LIMIT', '600'],
    ['RATE_LIMIT', '0/min'],
    ['RATE_LIMIT', '600/fortnight'],
    ['RATE_LIMIT_KEYS', '6000'],
    ['RATE_LIMIT_KEYS', 'none'],
    ['LOG_LEVEL', 'verbose'],
    ['LOG_PRETTY', 'yes'],
    ['PUBLIC_URL', '/calendar'],
    ['PUBLIC_URL', 'example.com/calendar'],
    ['PUBLIC_URL', 'ftp://example.com/calendar'],
    ['PUBLIC_URL', 'https:example.com'],
    ['PUBLIC_URL', 'https:///calendar'],
    ['PUBLIC_URL', 'https://example.com/calendar?'],
    ['PUBLIC_URL', 'https://example.com/calendar?page=1'],
    ['PUBLIC_URL', 'https://example.com/calendar#'],
    ['PUBLIC_URL', 'https://ann@example.com/calendar'],
    ['PUBLIC_URL', 'https://:hunter2@example.com/calendar'],
    ['PUBLIC_URL', 'https://exa mple.com'],
    ['PUBLIC_URL', 'https://example.com:70000'],
    ['PUBLIC_URL', 'https://a.com,https://b.com'],
    ['PUBLIC_URL', 'https://a.com/calendar,https://b.com/calendar'],
    ['PUBLIC_URL', 'https://a.com;b.com'],
    ['PUBLIC_URL', 'https://example.com/%zz'],
    ['OIDC_ISSUER', 'https:/id.example.com'],
    ['OIDC_ISSUER', 'https://a.com,https://b.com'],
    ['CORS_ORIGINS', 'calendar.example.com'],
    ['CORS_ORIGINS', 'https://a.com;b.com'],
    ['CORS_ORIGINS', 'https://calendar.example.com/'],
    ['TRUST_PROXY', 'yes'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['CALENDAR_CACHE_MB', '-1'],
    ['CALENDAR_CACHE_MB', '1.5'],
    ['CALENDAR_CACHE_MB', '65537'],
    ['SHUTDOWN_DELAY', '5 s'],
    ['SHUTDOWN_DELAY', '-1'],
    ['SHUTDOWN_DELAY', `${MAX_SHUTDOWN_DELAY + 1}s`],
    ['REMINDER_DISPATCH', 'yes'],
    ['SMTP_URL', 'mail.example.com'],
    ['SMTP_URL', 'http://mail.example.com'],
    ['WEBHOOK_SECRET', 'short'],
    ['WEBHOOK_SECRET', 'whsec_dG9vIHNob3J0'],
    ['WEBHOOK_SECRET', 'whsec_not base64 at all, but long enough !!'],
    ['WEBHOOK_SECRET', `whsec_${Buffer.alloc(32, 1).toString('base64')}\n`],
    ['WEBHOOK_SECRET', `whsec_${Buffer.alloc(23, 1).toString('base64')}`],
    ['WEBHOOK_SECRET', `whsec_${Buffer.alloc(65, 1).toString('base64')}`],
    ['WEBHOOK_ALLOW_PRIVATE', 'on'],
  ])('names %s when it is %s', (name, value) => {
    const { OIDC_AUDIENCE, ...others } = { OIDC_AUDIENCE: 'calendar', [name]: value };
    const environment = name === 'OIDC_ISSUER' ? { OIDC_AUDIENCE, ...others } : others;
    expect(() => readConfiguration(environment)).toThrow(new RegExp(`^${name} `));
  });

  test('names all variables that cannot be used, each in a line', () => {
    const environment = {
      NODE_ENV: 'production',
      PORT: 'http',
      DATABASE_URL: 'postgres://localhost/calendar?sslmode=always&sslcert=/none.pem&sslkey=/none.key',
      DATABASE_POOL_SIZE: '0',
      AUTH_MODE: 'none',
      OIDC_ISSUER: 'https://id.example.com',
      SMTP_URL: 'mail.example.com',
      SHUTDOWN_DELAY: 'soon',
      WEBHOOK_SECRET: 'a key of twenty-four bytes or more',
      WEBHOOK_SECRET_FILE: '/none/webhook',
    };
    expect(errorsOf(environment)).toEqual([
      'WEBHOOK_SECRET and WEBHOOK_SECRET_FILE must not be set together.',
      'PORT must be a number from 0 to 65535, not "http".',
      expect.stringMatching(/^DATABASE_URL must have an sslmode of .+, not "always"\.$/),
      'DATABASE_URL names a file with sslcert that the service cannot read: /none.pem.',
      'DATABASE_URL names a file with sslkey that the service cannot read: /none.key.',
      'DATABASE_POOL_SIZE must be a number from 1 to 1000, not "0".',
      'AUTH_MODE must be one of optional, required, not "none".',
      'JWT_SECRET must be set with NODE_ENV=production.',
      'OIDC_ISSUER and OIDC_AUDIENCE must be set together.',
      expect.stringMatching(/^SHUTDOWN_DELAY must be a duration .+\.$/),
      expect.stringMatching(/^SMTP_URL must have the form .+\.$/),
    ]);
  });

  test('names a file that cannot be read, and not the secret that it should hold', () => {
    const environment = {
      NODE_ENV: 'production',
      JWT_SECRET_FILE: '/none/jwt',
      DATABASE_URL_FILE: '/none/url',
    };
    expect(errorsOf(environment)).toEqual([
      'DATABASE_URL_FILE must name a file; the service cannot read the file that it names (ENOENT).',
      'JWT_SECRET_FILE must name a file; the service cannot read the file that it names (ENOENT).',
    ]);
  });

  test.each([
    ['DATABASE_URL', 'postgres://ann:100%@db/calendar'],
    ['DATABASE_URL', 'postgres://ann:%zz@db/calendar'],
    ['DATABASE_URL', 'postgres://ann:%e9@db/calendar'],
    ['DATABASE_REPLICA_URL', 'postgres://ann:100%@db/calendar'],
    ['DATABASE_DIRECT_URL', 'postgres://ann:100%@db/calendar'],
    ['SMTP_URL', 'smtp://ann:100%@mail.example.com'],
    ['PUBLIC_URL', 'https://example.com/100%'],
  ])('names %s when it has a %% that encodes nothing: %s', (name, value) => {
    expect(errorsOf({ [name]: value })).toEqual([
      `${name} has a % that encodes no character: write %25 for a percent sign.`,
    ]);
  });

  test('reads an address with an encoded percent sign as it is', () => {
    const url = 'postgres://ann:100%25@db/calendar';
    expect(readConfiguration({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  test('never repeats an address that may hold a password', () => {
    expect(() => readConfiguration({ DATABASE_URL: 'mysql://root:hunter2@db' })).not.toThrow(/hunter2/);
    expect(() => readConfiguration({ CORS_ORIGINS: 'https://root:hunter2@web' })).not.toThrow(/hunter2/);
    const issuer = { OIDC_ISSUER: 'http://root:hunter2@id', OIDC_AUDIENCE: 'calendar' };
    expect(() => readConfiguration(issuer)).not.toThrow(/hunter2/);
    expect(() => readConfiguration(issuer)).toThrow(/^OIDC_ISSUER /);
    expect(() => readConfiguration({ SMTP_URL: 'mail://root:hunter2@mail' })).not.toThrow(/hunter2/);
    expect(() => readConfiguration({ PUBLIC_URL: 'https://root:hunter2@web' })).not.toThrow(/hunter2/);
  });
});
