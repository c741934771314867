/** Runs the embedded server for the directory in its argument until SIGTERM; prints its address. */
import { startEmbeddedServer } from '../../../src/database/embedded-server.js';

const [, , dataDir = ''] = process.argv;
const server = await startEmbeddedServer({ dataDir });
process.on('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
// Keeps the process alive until it is told to end.
setInterval(() => undefined, 60_000);
process.stdout.write(`${server.url}\n`);
