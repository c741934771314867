import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readConfiguration } from '../../src/platform/configuration/configuration.js';
import { SECRET_VARIABLES, VARIABLES } from '../../src/platform/configuration/environment/variables.js';
import { type ComposeService, readCompose } from '../support/deployment/compose-file.js';

const compose = readCompose(textOf('compose.yaml'));

/**
 * The variables with a fixed value in the container. On the host, the environment sets the address, and a volume holds
 * the data.
 */
const FIXED = { HOST: '0.0.0.0', PORT: '3000', DATA_DIR: '/data' };

describe('compose.yaml', () => {
  test('passes every variable of the README, and the README has every variable of the code', () => {
    const documented = documentedVariables();
    expect(VARIABLES.toSorted()).toEqual(documented);
    const secretFiles = SECRET_VARIABLES.map((secret) => `${secret}_FILE`);
    for (const name of ['app', 'instance']) {
      expect(Object.keys(service(name).environment).toSorted()).toEqual(
        [...documented, ...secretFiles, 'NODE_ENV'].toSorted(),
      );
    }
  });

  test.each(['app', 'instance'])('takes each variable of %s from the environment', (name) => {
    for (const variable of Object.keys(service(name).environment)) {
      const expected = variable in FIXED ? FIXED[variable as keyof typeof FIXED] : 'from the environment';
      const given = service(name, { [variable]: 'from the environment' }).environment;
      expect([variable, given[variable]]).toEqual([variable, expected]);
    }
  });

  test('without variables, configures the service for the database beside it', () => {
    expect(readConfiguration(service('app').environment)).toMatchObject({
      production: false,
      host: '0.0.0.0',
      port: 3000,
      dataDir: '/data',
      databaseUrl: expect.stringMatching(/^postgres:\/\/calendar:calendar@database:5432\/calendar\b/),
      databaseReplicaUrl: null,
      authMode: 'optional',
    });
    expect(readConfiguration(service('instance').environment)).toMatchObject({
      databaseReplicaUrl: expect.stringMatching(/^postgres:\/\/calendar:calendar@replica:5432\/calendar\b/),
      trustedProxies: ['uniquelocal'],
    });
  });

  test('lets a file hold the address of the database', () => {
    const file = { DATABASE_URL: '', DATABASE_URL_FILE: '/run/secrets/database_url' };
    expect(service('app', file).environment).toMatchObject(file);
    expect(service('app').volumes).toContain('./deploy/secrets:/run/secrets:ro');
  });

  test('serves this machine alone, unless HOST and PORT name another address', () => {
    expect(service('app').ports).toEqual(['127.0.0.1:3000:3000']);
    expect(service('app', { HOST: '0.0.0.0', PORT: '8000' }).ports).toEqual(['0.0.0.0:8000:3000']);
    expect(service('instance').ports).toBeUndefined();
  });

  test('starts PostgreSQL 18 with its data in a volume at the place of that version', () => {
    for (const [name, volume] of [
      ['database', 'database-data'],
      ['replica', 'replica-data'],
    ] as const) {
      expect(service(name).image).toBe('postgres:18');
      expect(service(name).volumes).toContain(`${volume}:/var/lib/postgresql`);
      expect(compose().volumes).toHaveProperty(volume);
    }
    expect(service('app').depends_on).toEqual({ database: { condition: 'service_healthy' } });
  });

  test('checks readiness, for which the balancer waits', () => {
    const probe = ['CMD', 'node', 'dist/src/health/probe.js', 'ready'];
    expect(service('app').healthcheck?.test).toEqual(probe);
    expect(service('instance').healthcheck?.test).toEqual(probe);
    expect(service('balancer').depends_on).toEqual({ instance: { condition: 'service_healthy' } });
  });

  test('leaves the service its SHUTDOWN_DELAY and 25 s to end', () => {
    const production = readConfiguration({ NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32) });
    const grace = /^(\d+)s$/.exec(service('app').stop_grace_period ?? '')?.[1];
    expect(Number(grace)).toBeGreaterThanOrEqual(production.shutdownDelay / 1000 + 25);
    expect(service('app', { STOP_GRACE_PERIOD: '90s' }).stop_grace_period).toBe('90s');
  });
});

function service(name: string, variables: Readonly<Record<string, string>> = {}): ComposeService {
  const found = compose(variables).services[name];
  if (!found) throw new Error(`compose.yaml has no service ${name}.`);
  return found;
}

/** The variables of the README's table, in alphabetical order. */
function documentedVariables(): string[] {
  const section = textOf('README.md')
    .split(/^## /m)
    .find((part) => part.startsWith('Configuration\n'));
  const cells = [...(section ?? '').matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm)].map(
    ([, cell = '']) => cell,
  );
  return cells.flatMap((cell) => cell.split(', ').map((name) => name.replaceAll('`', ''))).toSorted();
}

function textOf(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}
