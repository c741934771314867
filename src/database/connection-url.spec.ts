import { describe, expect, test } from '@jest/globals';
import { connectionUrl } from './connection-url.js';

const ADDRESS = 'postgres://ann:hunter2@db.example.com/calendar';

describe('the address of a database', () => {
  test('without TLS is as it is given', () => {
    expect(connectionUrl('DATABASE_URL', ADDRESS)).toBe(ADDRESS);
  });

  test.each([
    ['sslmode=always', /^DATABASE_URL must have an sslmode of .*verify-full, not "always"\.$/],
    ['sslmode=verify-ca', /^DATABASE_URL must name the certificate authority with sslrootcert/],
    ['sslmode=verify-full&sslrootcert=/nowhere/ca.pem', /sslrootcert .* cannot read: \/nowhere\/ca\.pem\.$/],
    ['sslmode=require&sslcert=/nowhere/me.pem', /sslcert .* cannot read/],
    ['sslmode=require&sslkey=/nowhere/me.key', /sslkey .* cannot read/],
  ])('with %s is refused, and the message does not repeat the password', (parameters, sentence) => {
    const read = (): string => connectionUrl('DATABASE_URL', `${ADDRESS}?${parameters}`);
    expect(read).toThrow(sentence);
    expect(read).not.toThrow(/hunter2/);
  });
});
