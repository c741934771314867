import type { Configuration } from './platform/configuration/configuration.js';
import { ConfigurationError } from './platform/configuration/environment/configuration-error.js';
import { errorCode } from './platform/error-code.js';

/**
 * Runs `listen`, which listens on HOST and PORT.
 * @throws {ConfigurationError} if the service cannot listen there
 */
export async function listening<T>(
  configuration: Pick<Configuration, 'host' | 'port'>,
  listen: () => Promise<T>,
): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const code = errorCode(error);
    throw code === null ? error : new ConfigurationError(refusalOf(code, configuration), { cause: error });
  }
}

function refusalOf(code: string, { host, port }: Pick<Configuration, 'host' | 'port'>): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is in use: stop the process that listens there, or set PORT.`;
  if (code === 'EACCES')
    return `The service may not listen on port ${port} of ${host} (${code}): set PORT to 1024 or more, or grant CAP_NET_BIND_SERVICE.`;
  if (code === 'ENOTFOUND' || code.startsWith('EAI_'))
    return `HOST names ${host}, which has no address (${code}): set HOST to an address of this machine, or to 0.0.0.0 for all of them.`;
  return `HOST names ${host}, which is not an address of this machine (${code}): set HOST to one that is, or to 0.0.0.0 for all of them.`;
}
