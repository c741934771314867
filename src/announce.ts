import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import type { OpenDatabase } from './database/open-database.js';
import type { Configuration } from './platform/configuration/configuration.js';
import { isLoopback } from './platform/configuration/sections/network-configuration.js';

/**
 * Writes one log line at start: the addresses, the database, the data folder, `AUTH_MODE` and the versions. The line has
 * no secret.
 */
export function announce(configuration: Configuration, database: OpenDatabase, address: string): void {
  const logger = new Logger('Calendar');
  const { authMode, host, publicUrl } = configuration;
  const embedded = configuration.databaseUrl === null;
  const dataDir = resolve(configuration.dataDir);
  const version = ownVersion();
  const message = [
    `API at ${address}, Swagger UI at ${address}/docs`,
    ...(publicUrl === null ? [] : [`for clients at ${publicUrl}, Swagger UI at ${publicUrl}/docs`]),
    `database ${database.name} at ${database.host} (${embedded ? 'embedded ' : ''}PostgreSQL ${database.version})`,
    `data folder ${dataDir}`,
    authMode === 'required'
      ? 'AUTH_MODE=required (every request needs a token)'
      : 'AUTH_MODE=optional (requests without a token may act for users without a password)',
    `version ${version}, Node.js ${process.versions.node}`,
  ].join('; ');
  const fields = {
    address,
    docs: `${address}/docs`,
    ...(publicUrl !== null && { public_url: publicUrl }),
    database: {
      host: database.host,
      name: database.name,
      server_version: database.version,
      embedded,
    },
    data_dir: dataDir,
    auth_mode: authMode,
    version,
    node_version: process.versions.node,
  };
  // In the format for people, the line shows only the sentence.
  if (configuration.logPretty) logger.log(message);
  else logger.log(fields, message);
  if (authMode === 'optional' && !isLoopback(host)) {
    logger.warn(
      `ANY CLIENT THAT CAN REACH ${host} may read public events and act for users without a password: ` +
        'set AUTH_MODE=required, or HOST=127.0.0.1.',
    );
  }
}

/** The version in package.json, which is above the folder of the build. */
function ownVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}
