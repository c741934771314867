import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Receives webhooks in a process of its own, and prints its port. A path that ends with `/slow` gets its response late. */
const SLOW_MS = 1_000;

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const pause = request.url?.endsWith('/slow') ? SLOW_MS : 0;
    void (pause > 0 ? sleep(pause) : Promise.resolve()).then(() => response.writeHead(204).end());
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});
