import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { type Clock, SystemClock } from './common/clock.js';
import type { Configuration } from './common/configuration.js';
import { acceptJsonOnly, httpAdapter } from './common/http-adapter.js';
import { Admission, limitLoad } from './common/load/admission.js';
import { createLogger } from './common/logging/logger.js';
import { NestLogger } from './common/logging/nest-logger.js';
import { logRequests } from './common/logging/request-log.js';
import { ProblemFilter } from './common/problem/problem.filter.js';
import { validationPipe } from './common/problem/validation.js';
import { serveOpenApi } from './openapi.js';

/** Builds the service, initialised and not listening yet. */
export async function createApplication(
  configuration: Configuration,
  clock: Clock = new SystemClock(),
): Promise<NestFastifyApplication> {
  const logger = createLogger(configuration.logLevel);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of(configuration, clock),
    httpAdapter(),
    { abortOnError: false, logger: new NestLogger(quietBoot(logger)) },
  );
  logRequests(app.getHttpAdapter().getInstance(), logger);
  limitLoad(app.getHttpAdapter().getInstance(), app.get(Admission));
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
