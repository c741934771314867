/** Runs the embedded server for the directory in its argument until SIGTERM; says its address on standard output. */
import { startEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';

const [, , dataDir = ''] = process.argv;
const server = await startEmbeddedPostgres({ dataDir });
process.on('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
// Keeps the process alive until it is told to end.
setInterval(() => undefined, 60_000);
process.stdout.write(`${server.url}\n`);
