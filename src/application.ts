import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { protectBrowsers } from './common/browser-protection.js';
import { answerCaches } from './common/caching/http-cache.js';
import { type Clock, SystemClock } from './common/clock.js';
import type { Configuration } from './common/configuration.js';
import { acceptJsonOnly, httpAdapter } from './common/http-adapter.js';
import { Admission, limitLoad } from './common/load/admission.js';
import { createLogger } from './common/logging/logger.js';
import { NestLogger } from './common/logging/nest-logger.js';
import { logRequests } from './common/logging/request-log.js';
import { ProblemFilter } from './common/problem/problem.filter.js';
import { validationPipe } from './common/problem/validation.js';
import { prefixUrls } from './common/public-url.js';
import { type LineOutput, StandardOutput } from './common/standard-output.js';
import { measureRequests } from './metrics/measure-requests.js';
import { Metrics } from './metrics/metrics.js';
import { serveOpenApi } from './openapi/document.js';

/** Builds the service, initialised and not listening yet. */
export async function createApplication(
  configuration: Configuration,
  clock: Clock = new SystemClock(),
  output: LineOutput = new StandardOutput(),
): Promise<NestFastifyApplication> {
  const logger = createLogger(configuration.logLevel);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of(configuration, clock, output, await guardsOf(configuration)),
    httpAdapter(configuration),
    { abortOnError: false, logger: new NestLogger(quietBoot(logger)) },
  );
  const fastify = app.getHttpAdapter().getInstance();
  prefixUrls(fastify, configuration);
  logRequests(fastify, logger);
  measureRequests(fastify, app.get(Metrics));
  await protectBrowsers(app, configuration);
  limitLoad(fastify, app.get(Admission));
  answerCaches(fastify);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  serveOpenApi(app);
  await app.init();
  acceptJsonOnly(app);
  app.useLogger(new NestLogger(logger));
  return app;
}

/** While it starts, Nest lists every module and route, which is of use to who debugs alone. */
function quietBoot(logger: Logger): Logger {
  return logger.level === 'info' ? logger.child({}, { level: 'warn' }) : logger;
}

/** Loaded where it is needed alone: @nestjs/throttler requires Nest as CommonJS, which Node.js can do from 20.19 on. */
async function guardsOf({ rateLimit }: Configuration): Promise<Type[]> {
  return rateLimit === null ? [] : [(await import('./rate-limit/rate-limit.module.js')).RateLimitModule];
}
