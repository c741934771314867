import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock } from '../../../src/platform/clock/clock.js';
import { readConfiguration } from '../../../src/platform/configuration/configuration.js';
import type { LineOutput } from '../../../src/platform/logging/standard-output.js';
import { createTestDatabase, type TestDatabase } from '../database/database.js';
import { expectTenants } from '../tenants/statements/checked-statements.js';
import { startApplication } from './start-application.js';

/** The key that signs the tokens of a suite, unless its environment sets another one. */
export const JWT_SECRET = 'a secret of the tests and of no use to anyone';

/** The service, listening on a port of its own over a database of its own. */
export interface TestApplication {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

const environments: ((databaseUrl: string) => NodeJS.ProcessEnv)[] = [];

/** Starts each application from now on with these variables too. */
export function prepareApplications(environmentOf: (databaseUrl: string) => NodeJS.ProcessEnv): void {
  environments.push(environmentOf);
}

/**
 * Starts the service as users meet it: the whole application, over HTTP.
 * @param shared the database of another application, for a second instance of the service
 */
export async function startTestApplication(
  environment: NodeJS.ProcessEnv = {},
  clock?: Clock,
  output?: LineOutput,
  shared: TestDatabase | null = null,
): Promise<TestApplication> {
  const database = shared ?? (await createTestDatabase());
  const app = await startApplication(
    readConfiguration({
      LOG_LEVEL: 'fatal',
      JWT_SECRET,
      ...environment,
      DATABASE_URL: database.url,
      ...Object.assign({}, ...environments.map((environmentOf) => environmentOf(database.url))),
    }),
    clock,
    output,
  );
  await app.listen(0, '127.0.0.1');
  return {
    url: await app.getUrl(),
    app,
    database,
    close: async () => {
      await app.close();
      if (!shared) await database.drop();
      expectTenants();
    },
  };
}
