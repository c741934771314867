import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet, { type HelmetOptions } from 'helmet';
import type { Configuration } from '../platform/configuration/configuration.js';

/** The headers that a page of another origin may send, and those of a response that it may read. */
const REQUEST_HEADERS = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'X-Request-Id',
];
const ANSWER_HEADERS = [
  'ETag',
  'Link',
  'Location',
  'Retry-After',
  'Idempotency-Replayed',
  'X-Request-Id',
  'WWW-Authenticate',
  'Sync-Token',
];

const SECONDS_A_PREFLIGHT_HOLDS = 600;

/** Sets the headers that protect browsers, and lets pages of the configured origins call the service (CORS). */
export async function protectBrowsers(
  app: NestFastifyApplication,
  { corsOrigins }: Configuration,
): Promise<void> {
  const headers = protectiveHeaders(corsOrigins);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (_, { raw }, done) => {
      for (const [name, value] of headers) raw.setHeader(name, value);
      done();
    });
  if (corsOrigins.length > 0) {
    app.enableCors({
      origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: REQUEST_HEADERS,
      exposedHeaders: ANSWER_HEADERS,
      maxAge: SECONDS_A_PREFLIGHT_HOLDS,
      // Otherwise an OPTIONS request of another kind gets a 400 in plain text.
      strictPreflight: false,
    });
    // A refusal by a later hook then has the headers by which a page may read it.
    await app.getHttpAdapter().getInstance().after();
  }
}

/** The headers of helmet, with their names as helmet writes them. Every response has the same ones. */
function protectiveHeaders(corsOrigins: readonly string[]): [name: string, value: string][] {
  const options: HelmetOptions = {
    contentSecurityPolicy: {
      directives: {
        // Swagger UI has inline styles and images.
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        frameAncestors: ["'none'"],
        // This directive would make browsers use HTTPS for a local service that has none.
        upgradeInsecureRequests: null,
      },
    },
    // HSTS binds a host to TLS for years, so the proxy sets it.
    strictTransportSecurity: false,
    // Pages of other origins may read the API if CORS allows it.
    crossOriginResourcePolicy:
      corsOrigins.length === 0 ? { policy: 'same-origin' } : { policy: 'cross-origin' },
  };
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const headers: [string, string][] = [];
  response.setHeader = (name, value) => {
    headers.push([name, String(value)]);
    return response;
  };
  helmet(options)(response.req, response, (error) => {
    if (error !== undefined) throw error;
  });
  return headers;
}
