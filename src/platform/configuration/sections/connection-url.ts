import { ConfigurationError } from '../environment/configuration-error.js';
import { GatheredErrors } from '../environment/gathered-errors.js';
import { expectPercentEncoded } from '../environment/web-address.js';
import { expectClientCertificate, expectTlsFile, TLS_FILES } from './tls-files.js';

/** The modes of libpq, and the driver's own `no-verify`, which is libpq's `require`. */
const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'no-verify', 'verify-ca', 'verify-full'] as const;

/**
 * Checks an address of PostgreSQL and gives it in the form in which the driver understands `sslmode` as libpq does.
 * @param name the variable that holds the address, for the message; the message never repeats a password
 * @throws {ConfigurationError}
 */
export function connectionUrl(name: string, value: string): string {
  expectPercentEncoded(name, value);
  const url = /^postgres(?:ql)?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : null;
  if (url === null)
    throw new ConfigurationError(`${name} must have the form postgres://user:password@host:5432/database.`);
  // The driver would read the beginning of such a password as the host, and messages would show it.
  if (url.hash !== '' || url.pathname.includes('@'))
    throw new ConfigurationError(`${name} must have a # or / of the password as %23 or %2F.`);
  const parameters = url.searchParams;
  const errors = new GatheredErrors();
  const mode = parameters.get('sslmode');
  if (mode === null && TLS_FILES.every((file) => !parameters.has(file))) return value;
  if (mode !== null && !SSL_MODES.some((known) => known === mode))
    errors.add(`${name} must have an sslmode of ${SSL_MODES.join(', ')}, not "${mode}".`);
  else if (parameters.get('sslrootcert') === 'system') {
    // libpq's word for the certificate authorities of the machine, which it allows with verify-full alone.
    parameters.delete('sslrootcert');
    parameters.set('sslmode', 'verify-full');
  } else if (mode === 'verify-ca' && !parameters.has('sslrootcert'))
    errors.add(`${name} must name the certificate authority with sslrootcert if sslmode is verify-ca.`);
  else if (mode === 'no-verify') {
    parameters.set('sslmode', 'require');
    parameters.delete('sslrootcert');
  } else if (mode === null || mode === 'allow') parameters.set('sslmode', 'prefer');
  for (const file of TLS_FILES) errors.of(() => expectTlsFile(name, file, parameters.get(file)));
  errors.of(() => expectClientCertificate(name, parameters.get('sslcert'), parameters.get('sslkey')));
  errors.throwIfAny();
  parameters.set('uselibpqcompat', 'true');
  return url.href;
}

/** Whether TLS is used if the server offers it, and not needed. */
export function prefersTls(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && new URL(url).searchParams.get('sslmode') === 'prefer';
}
