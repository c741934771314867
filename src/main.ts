import type { EmbeddedPostgres } from '@calendar-backend/embedded-postgres';
import { Logger } from '@nestjs/common';
import { announce } from './announce.js';
import { createApplication } from './application.js';
import { DatabaseClock } from './database/clock/database-clock.js';
import { DatabaseOpening } from './database/database-opening.js';
import { startEmbeddedServer } from './database/embedded-server.js';
import { Admission } from './http/load/admission.js';
import { listening } from './listening.js';
import { type Configuration, readConfiguration } from './platform/configuration/configuration.js';
import { ConfigurationError } from './platform/configuration/environment/configuration-error.js';
import {
  describeMisspelt,
  misspeltVariables,
} from './platform/configuration/environment/misspelt-variables.js';
import { createLogger } from './platform/logging/logger.js';
import { NestLogger } from './platform/logging/nest-logger.js';
import { prettyLines } from './platform/logging/pretty-lines.js';
import { StandardOutput } from './platform/logging/standard-output.js';
import { bindablePort } from './platform/system/bindable-port.js';
import { Shutdown } from './shutdown.js';

const shutdown = new Shutdown(describe);

process.on('SIGTERM', (signal) => shutdown.signal(signal));
process.on('SIGINT', (signal) => shutdown.signal(signal));

try {
  await start();
} catch (error) {
  shutdown.fail(error);
}

/** Listens first, so that the liveness probes of an orchestrator succeed, and then opens the database. */
async function start(): Promise<void> {
  const configuration = configurationOf(process.env);
  const { host, port } = configuration;
  const format = configuration.logPretty ? await prettyLines(process.stdout.hasColors?.() ?? false) : null;
  const logger = createLogger(configuration.logLevel, format);
  Logger.overrideLogger(new NestLogger(logger));
  // Checked before anything starts: a port in use is the most common failure, and Nest reports it with a stack.
  await listening(configuration, async () => bindablePort(port, host));
  if (configuration.tracing !== null) {
    // Without a collector, the process loads no part of OpenTelemetry.
    const { startTracing } = await import('./platform/tracing/start-tracing.js');
    shutdown.onEnd(startTracing(configuration.tracing));
  }
  const output = new StandardOutput(format);
  const app = await createApplication(configuration, new DatabaseClock(), output, logger);
  let embedded: EmbeddedPostgres | null = null;
  shutdown.onEnd(async () => embedded?.stop());
  shutdown.onEnd(async () => app.close());
  for (const variable of misspeltVariables(process.env))
    new Logger('Configuration').warn(describeMisspelt(variable));
  await listening(configuration, async () => app.listen(port, host));
  if (configuration.databaseUrl === null) {
    embedded = await startEmbeddedServer({
      dataDir: configuration.dataDir,
      onLost: (error) => shutdown.fail(error),
    });
  }
  const database = await app.get(DatabaseOpening).open(configuration.databaseUrl ?? embedded?.url ?? '');
  if (database === null) return;
  shutdown.serving({ admission: app.get(Admission), delay: configuration.shutdownDelay });
  announce(configuration, database, await app.getUrl());
}

/** @throws {ConfigurationError} also names variables that are probably misspelt and may be the cause */
function configurationOf(environment: NodeJS.ProcessEnv): Configuration {
  try {
    return readConfiguration(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const misspelt = misspeltVariables(environment).map(describeMisspelt);
    throw new ConfigurationError([error.message, ...misspelt].join('\n'));
  }
}

function describe(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
