import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Configuration } from '../platform/configuration/configuration.js';

/** What a page of another origin may send, and read of the answers. */
const REQUEST_HEADERS = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
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
];

const SECONDS_A_PREFLIGHT_HOLDS = 600;

/** Tells browsers to take nothing of ours for what it is not, and which pages may call. */
export async function protectBrowsers(
  app: NestFastifyApplication,
  { corsOrigins }: Configuration,
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        // Of Swagger UI: its styles, and the pictures that it draws.
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        frameAncestors: ["'none'"],
        // It would turn the plain HTTP of a first try into HTTPS.
        upgradeInsecureRequests: null,
      },
    },
    // Whether all is served over TLS, for years to come, is for the proxy to say.
    strictTransportSecurity: false,
    // An API is read by pages of other origins, where CORS lets them.
    crossOriginResourcePolicy:
      corsOrigins.length === 0 ? { policy: 'same-origin' } : { policy: 'cross-origin' },
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
