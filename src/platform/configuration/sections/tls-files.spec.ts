import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectClientCertificate, expectTlsFile } from './tls-files.js';

const CERTIFICATE = 'test/support/certificates/server.pem';
const KEY = 'test/support/certificates/server.key';

describe('a file for TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-files-'));
  const anotherKey = join(folder, 'another.key');
  const binary = join(folder, 'certificate.der');
  beforeAll(() => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(anotherKey, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(binary, Buffer.from([0x30, 0x82]));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('may be absent', () => {
    expect(() => expectTlsFile('NAME', 'sslkey', null)).not.toThrow();
    expect(() => expectClientCertificate('NAME', null, null)).not.toThrow();
  });

  test.each([
    ['sslrootcert', CERTIFICATE],
    ['sslcert', CERTIFICATE],
    ['sslkey', KEY],
  ] as const)('%s may be %s', (parameter, path) => {
    expect(() => expectTlsFile('NAME', parameter, path)).not.toThrow();
  });

  test.each([
    ['sslcert', '/none.pem', 'that the service cannot read'],
    ['sslcert', KEY, 'that holds no certificate in PEM'],
    ['sslrootcert', binary, 'that holds no certificate in PEM'],
    ['sslkey', CERTIFICATE, 'that holds no private key in PEM without a passphrase'],
  ] as const)('%s is not %s', (parameter, path, fault) => {
    const check = (): void => expectTlsFile('NAME', parameter, path);
    expect(check).toThrow(`NAME names a file with ${parameter} ${fault}: ${path}.`);
  });

  test('of the client has the key of its certificate', () => {
    expect(() => expectClientCertificate('NAME', CERTIFICATE, KEY)).not.toThrow();
    expect(() => expectClientCertificate('NAME', CERTIFICATE, anotherKey)).toThrow(
      `NAME names a private key with sslkey that does not belong to the certificate of sslcert: ${anotherKey}.`,
    );
  });

  test.each([
    [CERTIFICATE, null],
    [null, KEY],
  ])('of the client has both files: %s, %s', (certificate, key) => {
    expect(() => expectClientCertificate('NAME', certificate, key)).toThrow(
      'NAME must name both sslcert and sslkey, or neither.',
    );
  });

  test('that another check refuses is left to that check', () => {
    expect(() => expectClientCertificate('NAME', '/none.pem', KEY)).not.toThrow();
  });
});
