/**
 * Asks the service that runs on this machine for its health: `node dist/src/health/probe.js live`, or `ready`.
 * Reads `HOST` and `PORT`, as the service does. Ends with 0 if the response is a 200, and with 1 otherwise.
 * Container engines call it, since the image has no curl.
 */
import { get } from 'node:http';

/** Less than the time-outs of the health checks in Dockerfile and compose.yaml, which would end it without a message. */
const TIMEOUT_MS = 4_000;

/** The addresses that mean every interface, each with the loopback address that such a service listens on. */
const LOOPBACK_OF: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

const { HOST, PORT } = process.env;
const [, , question = 'live'] = process.argv;

const request = get(
  {
    host: HOST ? (LOOPBACK_OF[HOST] ?? HOST) : '127.0.0.1',
    port: PORT || '3000',
    path: `/health/${question}`,
    agent: false,
    timeout: TIMEOUT_MS,
  },
  (response) => {
    process.exitCode = response.statusCode === 200 ? 0 : 1;
    response.pipe(process.stdout);
  },
);
request.on('timeout', () =>
  request.destroy(new Error(`The service did not answer within ${TIMEOUT_MS} ms.`)),
);
request.on('error', ({ message }) => {
  process.exitCode = 1;
  process.stderr.write(`${message}\n`);
});
