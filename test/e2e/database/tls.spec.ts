import { chmod, chown, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverAccount } from '@calendar-backend/embedded-postgres/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfiguration } from '../../../src/platform/configuration/configuration.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { type FaultServer, startFaultServer } from '../../support/database/fault-server.js';
import { JWT_SECRET } from '../../support/service/application.js';
import { startService } from '../../support/service/service.js';
import { startApplication } from '../../support/service/start-application.js';

const CERTIFICATES = fileURLToPath(new URL('../../support/certificates/', import.meta.url));
const AUTHORITY = join(CERTIFICATES, 'authority.pem');
const OTHER_AUTHORITY = join(CERTIFICATES, 'other-authority.pem');

/** The address with these parameters, of the certificate's host or of the IP address that it does not name. */
function address(url: string, parameters: string, hostname = 'localhost'): string {
  const found = new URL(url);
  found.hostname = hostname;
  found.search = parameters;
  return found.href;
}

/** Starts the service and stops it again. @returns whether its connections are encrypted, or why it did not start */
async function connecting(DATABASE_URL: string, server: FaultServer): Promise<string> {
  try {
    const application = await startApplication(
      readConfiguration({ LOG_LEVEL: 'fatal', JWT_SECRET, REMINDER_DISPATCH: 'off', DATABASE_URL }),
    );
    const rows = await query<{ ssl: boolean }>(
      server.url,
      `SELECT DISTINCT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)
        WHERE a.application_name = 'calendar-backend'`,
    );
    await application.close();
    return rows.map(({ ssl }) => (ssl ? 'encrypted' : 'plain')).join();
  } catch (error) {
    return (error as Error).message;
  }
}

describe('TLS to a server with a certificate of an own authority', () => {
  let server: FaultServer;
  let directory: string;

  beforeAll(async () => {
    server = await startFaultServer();
    server.stop();
    directory = await mkdtemp(join(tmpdir(), 'calendar-tls-'));
    await chmod(directory, 0o711);
    const [certificate, key] = [join(directory, 'server.pem'), join(directory, 'server.key')];
    await cp(join(CERTIFICATES, 'server.pem'), certificate);
    await cp(join(CERTIFICATES, 'server.key'), key);
    await chmod(key, 0o600);
    const { uid, gid } = await serverAccount(directory);
    if (uid !== undefined && gid !== undefined) {
      await chown(key, uid, gid);
      await chown(certificate, uid, gid);
    }
    await server.start({ ssl: 'on', ssl_cert_file: certificate, ssl_key_file: key });
  });
  afterAll(async () => {
    await server.remove();
    await rm(directory, { recursive: true });
  });

  test.each([
    ['', '127.0.0.1', 'plain'],
    ['sslmode=disable', '127.0.0.1', 'plain'],
    ['sslmode=allow', '127.0.0.1', 'encrypted'],
    ['sslmode=prefer', '127.0.0.1', 'encrypted'],
    ['sslmode=require', '127.0.0.1', 'encrypted'],
    ['sslmode=no-verify', '127.0.0.1', 'encrypted'],
    [`sslmode=require&sslrootcert=${AUTHORITY}`, '127.0.0.1', 'encrypted'],
    [`sslmode=verify-ca&sslrootcert=${AUTHORITY}`, '127.0.0.1', 'encrypted'],
    [`sslmode=verify-full&sslrootcert=${AUTHORITY}`, 'localhost', 'encrypted'],
  ])('with "%s" at %s is %s', async (parameters, host, expected) => {
    expect(await connecting(address(server.url, parameters, host), server)).toBe(expected);
  });

  test.each([
    [`sslmode=require&sslrootcert=${OTHER_AUTHORITY}`, '127.0.0.1'],
    [`sslmode=verify-ca&sslrootcert=${OTHER_AUTHORITY}`, '127.0.0.1'],
    [`sslmode=verify-full&sslrootcert=${OTHER_AUTHORITY}`, 'localhost'],
    ['sslmode=verify-full', 'localhost'],
    ['sslrootcert=system', 'localhost'],
  ])('with "%s" at %s is refused', async (parameters, host) => {
    expect(await connecting(address(server.url, parameters, host), server)).toMatch(
      /^The certificate of the server of DATABASE_URL is not accepted \(.+\): .+\.$/,
    );
  });

  test('with sslmode=verify-full for another host names both hosts', async () => {
    const url = address(server.url, `sslmode=verify-full&sslrootcert=${AUTHORITY}`, '127.0.0.1');
    expect(await connecting(url, server)).toMatch(
      /^The certificate of the server of DATABASE_URL is for localhost, and the host of DATABASE_URL is 127\.0\.0\.1: .+\.$/,
    );
  });

  test('serves from a replica by its own sslmode, without a word of the driver', async () => {
    const replica = address(server.url, 'sslmode=require', '127.0.0.1');
    const service = await startService({
      DATABASE_URL: replica,
      DATABASE_REPLICA_URL: replica,
      REMINDER_DISPATCH: 'off',
    });
    const client = new Client(service.url);
    const { body: user } = await client.create('/users', { name: 'ann', email: 'ann@example.com' });
    const list = `/users/${user.id}/events?from=2022-09-05T00:00:00Z&to=2022-09-12T00:00:00Z`;
    expect(await client.get(list)).toMatchObject({ status: 200, body: [] });
    expect(await service.process.end('SIGTERM')).toBe(0);
    expect(service.process.complaint()).toBe('');
    expect(service.process.output()).not.toMatch(/ssl|warn/i);
  });

  test('is needed by sslmode=require, and not by prefer', async () => {
    server.stop();
    await server.start();
    expect(await connecting(address(server.url, 'sslmode=prefer'), server)).toBe('plain');
    expect(await connecting(address(server.url, 'sslmode=require'), server)).toBe(
      'The server of DATABASE_URL does not encrypt connections: turn ssl on at the server, or set sslmode=disable.',
    );
  });
});
