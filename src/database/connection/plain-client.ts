import { Client } from 'pg';
import { prefersTls } from '../../platform/configuration/sections/connection-url.js';
import { APPLICATION_NAME, CONNECTION_TIMEOUT_MS } from './pool-options.js';
import { preferTls } from './prefer-tls.js';
import { addStartupOptions } from './startup-options.js';

/**
 * A connection outside of the pools, not open yet and without the settings of a `Session`. If it is lost, its next statement
 * fails.
 * @param options the `options` of the start-up packet; null for none
 */
export function plainClient(url: string, options: string | null): Client {
  const client = new Client({
    connectionString: url,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
  if (prefersTls(url)) preferTls(client);
  addStartupOptions(client, options);
  client.on('error', () => undefined);
  return client;
}
