import { Logger } from '@nestjs/common';
import { createApplication } from './application.js';
import { bindablePort } from './common/bindable-port.js';
import {
  type Configuration,
  ConfigurationError,
  isLoopback,
  readConfiguration,
} from './common/configuration.js';
import { errorCode } from './common/error-code.js';
import { Admission } from './common/load/admission.js';
import { startEmbeddedPostgres } from './database/embedded/embedded-postgres.js';
import { Shutdown } from './shutdown.js';

const shutdown = new Shutdown(describe);

process.on('SIGTERM', (signal) => shutdown.signal(signal));
process.on('SIGINT', (signal) => shutdown.signal(signal));

try {
  await start();
} catch (error) {
  shutdown.fail(error);
}

async function start(): Promise<void> {
  const read = readConfiguration(process.env);
  // Asked before anything is started: a port in use is the commonest failure, and Nest reports it at length.
  await bindablePort(read.port, read.host);
  if (read.tracing !== null) {
    // Nothing of OpenTelemetry is loaded without it.
    const { startTracing } = await import('./common/tracing/start-tracing.js');
    shutdown.onEnd(startTracing(read.tracing));
  }
  const configuration = await withDatabase(read);
  const app = await createApplication(configuration);
  shutdown.onEnd(async () => app.close());
  await app.listen(configuration.port, configuration.host);
  shutdown.listening({ admission: app.get(Admission), delay: configuration.shutdownDelay });
  announce(configuration, await app.getUrl());
}

async function withDatabase(configuration: Configuration): Promise<Configuration> {
  if (configuration.databaseUrl !== null) {
    return configuration;
  }
  const server = await startEmbeddedPostgres({
    dataDir: configuration.dataDir,
    onLost: (error) => shutdown.fail(error),
  });
  shutdown.onEnd(async () => server.stop());
  return { ...configuration, databaseUrl: server.url };
}

function announce({ authMode, host, publicUrl }: Configuration, url: string): void {
  const logger = new Logger('Calendar');
  logger.log(`API at ${url}, Swagger UI at ${url}/docs`);
  if (publicUrl !== null)
    logger.log(`PUBLIC_URL: clients find the API at ${publicUrl}, Swagger UI at ${publicUrl}/docs`);
  if (authMode === 'required') {
    logger.log('AUTH_MODE=required: every call needs a token');
    return;
  }
  logger.log('AUTH_MODE=optional: calls without a token are let through for users without a password');
  if (!isLoopback(host)) {
    logger.warn(
      `ANYONE WHO REACHES ${host} may read public events and act for users without a password: ` +
        'set AUTH_MODE=required, or HOST=127.0.0.1.',
    );
  }
}

function describe(error: unknown): string {
  if (error instanceof ConfigurationError) {
    return error.message;
  }
  if (errorCode(error) === 'EADDRINUSE') {
    const { host, port } = readConfiguration(process.env);
    return `Port ${port} of ${host} is in use: stop what listens there, or set PORT.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
