import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Configuration } from './common/configuration.js';

/** Builds the service, initialised and not listening yet. */
export async function createApplication(configuration: Configuration): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of(configuration),
    new FastifyAdapter(),
    { abortOnError: false, logger: ['fatal', 'error', 'warn', 'log'] },
  );
  await app.init();
  return app;
}
