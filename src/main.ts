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
import { startEmbeddedPostgres } from './database/embedded/embedded-postgres.js';

/** Longer than any request may take, and still short of the 30 s after which orchestrators kill. */
const DRAIN_TIMEOUT_MS = 20_000;

/** What has been started, and is ended in the opposite order. */
const closers: (() => Promise<unknown>)[] = [];
let shuttingDown = false;

process.on('SIGTERM', () => shutDown(0));
process.on('SIGINT', () => shutDown(0));

try {
  await start();
} catch (error) {
  process.stderr.write(`${describe(error)}\n`);
  shutDown(1);
}

async function start(): Promise<void> {
  const read = readConfiguration(process.env);
  // Asked before anything is started: a port in use is the commonest failure, and Nest reports it at length.
  await bindablePort(read.port, read.host);
  const configuration = await withDatabase(read);
  const app = await createApplication(configuration);
  closers.push(async () => app.close());
  await app.listen(configuration.port, configuration.host);
  announce(configuration, await app.getUrl());
}

async function withDatabase(configuration: Configuration): Promise<Configuration> {
  if (configuration.databaseUrl !== null) {
    return configuration;
  }
  const server = await startEmbeddedPostgres({
    dataDir: configuration.dataDir,
    onLost: (error) => {
      process.stderr.write(`${describe(error)}\n`);
      shutDown(1);
    },
  });
  closers.push(async () => server.stop());
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

/** Lets the requests under way finish, and ends the process. Ctrl-C under npm arrives twice, once from npm. */
function shutDown(exitCode: number): void {
  if (shuttingDown) {
    return;
  }
  shuttingDown = true;
  setTimeout(() => process.exit(1), DRAIN_TIMEOUT_MS).unref();
  void closeAll().then(
    () => process.exit(exitCode),
    (error: unknown) => {
      process.stderr.write(`${describe(error)}\n`);
      process.exit(1);
    },
  );
}

async function closeAll(): Promise<void> {
  for (const close of closers.toReversed()) {
    await close();
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
