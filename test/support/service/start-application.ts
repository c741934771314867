import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from '../../../src/application.js';
import { DatabaseOpening } from '../../../src/database/database-opening.js';
import type { Clock } from '../../../src/platform/clock/clock.js';
import type { Configuration } from '../../../src/platform/configuration/configuration.js';
import type { LineOutput } from '../../../src/platform/logging/standard-output.js';
import { checkStatements } from '../tenants/statements/checked-statements.js';

/**
 * Builds the service and opens the database of the configuration. The service does not listen yet. Each of its
 * statements must name its tenant.
 * @throws {UnusableDatabaseError}
 */
export async function startApplication(
  configuration: Configuration,
  clock?: Clock,
  output?: LineOutput,
): Promise<NestFastifyApplication> {
  const app = await createApplication(configuration, clock, output);
  checkStatements(app);
  try {
    await app.get(DatabaseOpening).open(configuration.databaseUrl ?? '');
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}
