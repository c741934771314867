/** Copies all data of the embedded PostgreSQL to an empty database: `npm run db:copy -- --to postgres://…`. */

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runningServerUrl } from '@calendar-backend/embedded-postgres';
import { isConnectionFailure, reasonOf } from '../src/database/connection/connection-failure.js';
import { startEmbeddedServer } from '../src/database/embedded-server.js';
import { readConfiguration } from '../src/platform/configuration/configuration.js';
import { ConfigurationError } from '../src/platform/configuration/environment/configuration-error.js';
import { GatheredErrors } from '../src/platform/configuration/environment/gathered-errors.js';
import { readDatabase } from '../src/platform/configuration/sections/database-configuration.js';
import { CopyRefused } from './copy/copy-refused.js';
import { copyDatabase } from './copy/database-copy.js';

const USAGE = 'Name the empty database: npm run db:copy -- --to postgres://user:password@host/database';

try {
  await copy();
} catch (error) {
  process.stderr.write(`${describe(error)}\n`);
  process.exitCode = 1;
}

async function copy(): Promise<void> {
  const { dataDir, databaseSchema } = readConfiguration(process.env);
  const target = targetOf(process.argv.slice(2), databaseSchema);
  await access(join(dataDir, 'postgres')).catch(() => {
    throw new CopyRefused(`${dataDir} has no data of the embedded PostgreSQL: set DATA_DIR.`);
  });
  if ((await runningServerUrl(dataDir)) !== null)
    throw new CopyRefused(`The service uses ${dataDir}: stop it first, so that the copy misses no change.`);
  const server = await startEmbeddedServer({ dataDir });
  try {
    const copied = await copyDatabase(server.url, target, databaseSchema);
    for (const { table, rows } of copied) process.stdout.write(`${table}: ${rows}\n`);
    process.stdout.write(
      'All rows are copied. Set DATABASE_URL to the new address, and start the service.\n',
    );
  } finally {
    await server.stop();
  }
}

/** The address in `--to`, in the form that the driver takes. */
function targetOf(args: string[], schema: string): string {
  const { values } = parseArgs({ args, options: { to: { type: 'string' } } });
  const errors = new GatheredErrors();
  const { databaseUrl } = readDatabase({ DATABASE_URL: values.to, DATABASE_SCHEMA: schema }, errors);
  errors.throwIfAny();
  if (databaseUrl === null) throw new CopyRefused(USAGE);
  return databaseUrl;
}

function describe(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message.replaceAll('DATABASE_URL', '--to');
  if (error instanceof CopyRefused) return error.message;
  if (isConnectionFailure(error))
    return `The server of --to cannot be reached (${reasonOf(error)}): check the host and the port.`;
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    return `${error.message}\n${USAGE}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
