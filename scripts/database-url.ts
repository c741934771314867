/** Prints the address of the embedded PostgreSQL that runs on `DATA_DIR`, for psql and pg_dump. */

import { runningServerUrl } from '@calendar-backend/embedded-postgres';
import { readConfiguration } from '../src/platform/configuration/configuration.js';

const { dataDir } = readConfiguration(process.env);
const url = await runningServerUrl(dataDir);
if (url === null) {
  process.stderr.write(`No embedded PostgreSQL runs on ${dataDir}: start the service, or set DATA_DIR.\n`);
  process.exitCode = 1;
} else process.stdout.write(`${url}\n`);
