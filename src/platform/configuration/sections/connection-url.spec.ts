import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { connectionUrl } from './connection-url.js';

const CERTIFICATES = fileURLToPath(new URL('../../../../test/support/certificates/', import.meta.url));
const CERTIFICATE = `${CERTIFICATES}server.pem`;
const KEY = `${CERTIFICATES}server.key`;
const OTHER_CERTIFICATE = `${CERTIFICATES}other-authority.pem`;
const TEXT = fileURLToPath(import.meta.url);

const ADDRESS = 'postgres://ann:hunter2@db.example.com/calendar';

describe('the address of a database', () => {
  test('without TLS is as it is given', () => {
    expect(connectionUrl('DATABASE_URL', ADDRESS)).toBe(ADDRESS);
  });

  test('may name a certificate and its key', () => {
    const url = `${ADDRESS}?sslmode=require&sslcert=${CERTIFICATE}&sslkey=${KEY}`;
    expect(new URL(connectionUrl('DATABASE_URL', url)).searchParams.get('sslkey')).toBe(KEY);
  });

  test.each([
    ['sslmode=always', /^DATABASE_URL must have an sslmode of .*verify-full, not "always"\.$/],
    ['sslmode=verify-ca', /^DATABASE_URL must name the certificate authority with sslrootcert/],
    ['sslmode=verify-full&sslrootcert=/nowhere/ca.pem', /sslrootcert .* cannot read: \/nowhere\/ca\.pem\.$/],
    ['sslmode=require&sslcert=/nowhere/me.pem', /sslcert .* cannot read/],
    ['sslmode=require&sslkey=/nowhere/me.key', /sslkey .* cannot read/],
    [
      `sslmode=verify-full&sslrootcert=${KEY}`,
      /sslrootcert that holds no certificate in PEM: .*server\.key\.$/,
    ],
    [`sslmode=verify-ca&sslrootcert=${TEXT}`, /sslrootcert that holds no certificate in PEM/],
    [`sslmode=require&sslcert=${TEXT}&sslkey=${KEY}`, /sslcert that holds no certificate in PEM/],
    [`sslmode=require&sslcert=${CERTIFICATE}&sslkey=${TEXT}`, /sslkey that holds no private key in PEM/],
    [
      `sslmode=require&sslcert=${OTHER_CERTIFICATE}&sslkey=${KEY}`,
      /sslkey that does not belong to .*sslcert/,
    ],
    [`sslmode=require&sslcert=${CERTIFICATE}`, /must name both sslcert and sslkey/],
    [`sslmode=require&sslkey=${KEY}`, /must name both sslcert and sslkey/],
  ])('with %s is refused, and the message does not repeat the password', (parameters, sentence) => {
    const read = (): string => connectionUrl('DATABASE_URL', `${ADDRESS}?${parameters}`);
    expect(read).toThrow(sentence);
    expect(read).not.toThrow(/hunter2/);
  });
});
