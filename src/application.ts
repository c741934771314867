import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { type Clock, SystemClock } from './common/clock.js';
import type { Configuration } from './common/configuration.js';
import { acceptJsonOnly, httpAdapter } from './common/http-adapter.js';
import { bootLogLevels, logLevels } from './common/log-levels.js';
import { ProblemFilter } from './common/problem/problem.filter.js';
import { validationPipe } from './common/problem/validation.js';
import { type LineOutput, StandardOutput } from './common/standard-output.js';
import { serveOpenApi } from './openapi.js';

/** Builds the service, initialised and not listening yet. */
export async function createApplication(
  configuration: Configuration,
  clock: Clock = new SystemClock(),
  output: LineOutput = new StandardOutput(),
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of(configuration, clock, output),
    httpAdapter(),
    { abortOnError: false, logger: bootLogLevels(configuration) },
  );
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  serveOpenApi(app);
  await app.init();
  acceptJsonOnly(app);
  app.useLogger(logLevels(configuration));
  return app;
}
