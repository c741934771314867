import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { callerFields } from './access/caller-fields.js';
import { AppModule } from './app.module.js';
import { AuthenticationService } from './auth/identity/authentication.service.js';
import { DatabaseClock } from './database/clock/database-clock.js';
import { refuseOtherMethods } from './http/allowed-methods.js';
import { admitBatches } from './http/body/batch.js';
import { indentJson } from './http/body/readable-json.js';
import { protectBrowsers } from './http/browser-protection.js';
import { tagResponses } from './http/caching/http-cache.js';
import { dateResponses } from './http/date-header.js';
import { acceptKnownBodies, httpAdapter } from './http/http-adapter.js';
import { InputPipe } from './http/input-pipe.js';
import { Admission, limitLoad } from './http/load/admission.js';
import { closeIdleConnections } from './http/load/idle-connections.js';
import { logRequests } from './http/observation/request-log.js';
import { traceRequests } from './http/observation/trace-requests.js';
import { ProblemFilter } from './http/problem/problem.filter.js';
import { prefixUrls } from './http/routing/public-url.js';
import { measureRequests } from './metrics/measure-requests.js';
import { Metrics } from './metrics/metrics.js';
import { serveOpenApi } from './openapi/document.js';
import type { Clock } from './platform/clock/clock.js';
import type { Configuration } from './platform/configuration/configuration.js';
import { createLogger } from './platform/logging/logger.js';
import { NestLogger } from './platform/logging/nest-logger.js';
import { type LineOutput, StandardOutput } from './platform/logging/standard-output.js';
import { callerAddress } from './platform/network/caller-address.js';
import { limitRequests } from './rate-limit/limit-requests.js';
import { RateLimits } from './rate-limit/rate-limits.js';

/**
 * Builds the service with all its routes. The service does not listen yet, and serves no request before `DatabaseOpening`
 * has opened its database.
 */
export async function createApplication(
  configuration: Configuration,
  clock: Clock = new DatabaseClock(),
  output: LineOutput = new StandardOutput(),
  logger: Logger = createLogger(configuration.logLevel),
): Promise<NestFastifyApplication> {
  const limits = new RateLimits(configuration, clock);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of(configuration, clock, output),
    httpAdapter(configuration, (ip) => limits.request(callerAddress(ip))),
    { abortOnError: false, logger: new NestLogger(quietBoot(logger)) },
  );
  const fastify = app.getHttpAdapter().getInstance();
  closeIdleConnections(fastify, app.get(Admission));
  prefixUrls(fastify, configuration);
  traceRequests(fastify);
  dateResponses(fastify, clock);
  admitBatches(fastify);
  indentJson(fastify);
  logRequests(fastify, logger, callerFields);
  measureRequests(fastify, app.get(Metrics));
  await protectBrowsers(app, configuration);
  limitRequests(fastify, limits, app.get(AuthenticationService));
  refuseOtherMethods(fastify);
  limitLoad(fastify, app.get(Admission));
  tagResponses(fastify);
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new ProblemFilter());
  serveOpenApi(app);
  await app.init();
  acceptKnownBodies(app);
  app.useLogger(new NestLogger(logger));
  return app;
}

/** At start, Nest logs every module and route. This log helps only with debugging, so the level `info` omits it. */
function quietBoot(logger: Logger): Logger {
  return logger.level === 'info' ? logger.child({}, { level: 'warn' }) : logger;
}
