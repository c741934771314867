import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../environment/configuration-error.js';

/** Parameters of an address that name a file for TLS, which the driver reads. */
export const TLS_FILES = ['sslrootcert', 'sslcert', 'sslkey'] as const;
type TlsFile = (typeof TLS_FILES)[number];

/**
 * Checks one file for TLS.
 * @param name the variable that holds the address, for the message
 * @throws {ConfigurationError} if the service cannot read the file, or the file has another content than its
 * parameter needs
 */
export function expectTlsFile(name: string, parameter: TlsFile, path: string | null): void {
  if (path === null) return;
  const pem = read(path);
  if (pem === null) {
    throw new ConfigurationError(
      `${name} names a file with ${parameter} that the service cannot read: ${path}.`,
    );
  }
  if (parameter === 'sslkey' ? parsedKey(pem) : parsedCertificate(pem)) return;
  const content = parameter === 'sslkey' ? 'private key in PEM without a passphrase' : 'certificate in PEM';
  throw new ConfigurationError(`${name} names a file with ${parameter} that holds no ${content}: ${path}.`);
}

/**
 * Checks that the certificate and the key of the client belong together. Accepts files that `expectTlsFile` refuses.
 * @throws {ConfigurationError}
 */
export function expectClientCertificate(name: string, sslcert: string | null, sslkey: string | null): void {
  if (sslcert === null && sslkey === null) return;
  if (sslcert === null || sslkey === null)
    throw new ConfigurationError(`${name} must name both sslcert and sslkey, or neither.`);
  const [certificate, key] = [parsedCertificate(read(sslcert)), parsedKey(read(sslkey))];
  if (certificate && key && !certificate.checkPrivateKey(key)) {
    throw new ConfigurationError(
      `${name} names a private key with sslkey that does not belong to the certificate of sslcert: ${sslkey}.`,
    );
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** The first certificate of a PEM file; null if there is none. The driver does not read the binary form. */
function parsedCertificate(pem: string | null): X509Certificate | null {
  if (!pem?.includes('-----BEGIN')) return null;
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

function parsedKey(pem: string | null): ReturnType<typeof createPrivateKey> | null {
  try {
    return pem === null ? null : createPrivateKey(pem);
  } catch {
    return null;
  }
}
