/** Makes the first API key, and prints it: `npm run --silent api-key -- create --name backend --scopes all`. */

import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runningServerUrl } from '@calendar-backend/embedded-postgres';
import { DataSource } from 'typeorm';
import { SCOPES, type Scope } from '../src/access/scope.js';
import { ALL_SCOPES, scopesFault } from '../src/access/scopes-field.js';
import { MAX_API_KEY_NAME_LENGTH } from '../src/api-keys/model/api-key-record.js';
import { newApiKeyText } from '../src/api-keys/model/api-key-text.js';
import { newKeyRow } from '../src/api-keys/model/new-key-row.js';
import { ApiKey } from '../src/api-keys/store/api-key.entity.js';
import { ApiKeysRepository } from '../src/api-keys/store/api-keys.repository.js';
import { dataSourceOptions } from '../src/data-source-options.js';
import { DEFAULT_TENANT_ID } from '../src/database/current-tenant.js';
import { startEmbeddedServer } from '../src/database/embedded-server.js';
import { UnusableDatabaseError } from '../src/database/examination/unusable-database-error.js';
import { type OpenDatabase, openDatabase } from '../src/database/open-database.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { type Configuration, readConfiguration } from '../src/platform/configuration/configuration.js';
import { ConfigurationError } from '../src/platform/configuration/environment/configuration-error.js';
import { errorCode } from '../src/platform/error-code.js';
import { MAX_ID } from '../src/platform/values/max-id.js';
import { textFault } from '../src/platform/values/text-fault.js';

const USAGE = `Use: npm run --silent api-key -- create --name backend --scopes all
  --name    the program that uses the key
  --scopes  ${ALL_SCOPES}, or scopes separated by commas: ${SCOPES.join(', ')}
  --tenant  the id of its tenant; without it, the default tenant
  --help    print this text
The command needs the DATABASE_URL of the service, or its DATA_DIR if the service has its own PostgreSQL. No operation
needs the scopes changes.read, webhooks.write and mail.write yet.`;

/** PostgreSQL's foreign_key_violation. */
const FOREIGN_KEY_VIOLATION = '23503';

/** The arguments are wrong. The message explains them. */
class UsageError extends Error {}

interface KeyArguments {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly tenantId: number;
}

try {
  const key = keyArguments(process.argv.slice(2));
  if (key === null) process.stdout.write(`${USAGE}\n`);
  else await print(readConfiguration(withSecretOfTokens(process.env)), key);
} catch (error) {
  process.stderr.write(`${describe(error)}\n`);
  process.exitCode = 1;
}

/** Standard output gets the key alone, so that a shell can keep it; standard error gets the name of the database. */
async function print(configuration: Configuration, key: KeyArguments): Promise<void> {
  const { text, database } = await withDatabase(configuration, async (keys, { name, host }) => ({
    text: await create(keys, key),
    database: `${name} at ${host}`,
  }));
  const { databaseUrl, dataDir } = configuration;
  const place =
    databaseUrl === null ? `the database of the data folder ${resolve(dataDir)}` : `the database ${database}`;
  process.stderr.write(`The key is in ${place}.\n`);
  process.stdout.write(`${text}\n`);
}

/** The command signs no token, so it needs no `JWT_SECRET` in production either. */
function withSecretOfTokens(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (environment.JWT_SECRET || environment.JWT_SECRET_FILE) return environment;
  return { ...environment, JWT_SECRET: randomBytes(32).toString('hex') };
}

/** @returns null: the arguments ask for help */
function keyArguments(args: string[]): KeyArguments | null {
  const { values, positionals } = parseArgs({
    args,
    options: {
      name: { type: 'string' },
      scopes: { type: 'string' },
      tenant: { type: 'string' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  if (values.help === true) return null;
  if (positionals.length !== 1 || positionals[0] !== 'create') throw new UsageError(USAGE);
  const scopes = values.scopes === ALL_SCOPES ? ALL_SCOPES : values.scopes?.split(',').filter(Boolean);
  const nameFault = textFault(values.name ?? '', 1, MAX_API_KEY_NAME_LENGTH);
  if (nameFault !== null) throw new UsageError(`--name ${nameFault}.\n${USAGE}`);
  const fault = scopesFault(scopes);
  if (fault !== null) throw new UsageError(`--scopes ${fault}.\n${USAGE}`);
  const tenantId = Number(values.tenant ?? DEFAULT_TENANT_ID);
  if (!Number.isInteger(tenantId) || tenantId < 1 || tenantId > MAX_ID)
    throw new UsageError(`--tenant must be an id.\n${USAGE}`);
  return {
    tenantId,
    name: values.name as string,
    scopes: scopes === ALL_SCOPES ? SCOPES : (scopes as Scope[]),
  };
}

/** Runs `work` on the database of the service, which may be running, with the newest tables. */
async function withDatabase<T>(
  configuration: Configuration,
  work: (keys: ApiKeysRepository, database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const { databaseUrl, dataDir } = configuration;
  const running = databaseUrl ?? (await runningServerUrl(dataDir));
  const server = running === null ? await startEmbeddedServer({ dataDir }) : null;
  const url = running ?? server?.url ?? '';
  const dataSource = new DataSource(dataSourceOptions(url));
  try {
    const database = await openDatabase(dataSource, url, configuration);
    const keys = new ApiKeysRepository(dataSource.getRepository(ApiKey), new UnitOfWork(dataSource));
    return await work(keys, database);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await server?.stop();
  }
}

async function create(keys: ApiKeysRepository, { tenantId, name, scopes }: KeyArguments): Promise<string> {
  const text = newApiKeyText();
  await keys
    .add(
      newKeyRow(text, {
        tenantId,
        name,
        scopes,
        createdByKeyId: null,
        createdAt: new Date(),
        expiresAt: null,
      }),
    )
    .catch((error: unknown) => {
      if (errorCode(error) === FOREIGN_KEY_VIOLATION) throw new UsageError(`There is no tenant ${tenantId}.`);
      throw error;
    });
  return text;
}

function describe(error: unknown): string {
  if (
    error instanceof UsageError ||
    error instanceof ConfigurationError ||
    error instanceof UnusableDatabaseError
  )
    return error.message;
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    return `${error.message}\n${USAGE}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
