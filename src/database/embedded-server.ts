import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  type EmbeddedPostgresOptions,
  ForeignDataError,
  startEmbeddedPostgres,
  UnusableProgramsError,
} from '@calendar-backend/embedded-postgres';
import { ConfigurationError } from '../platform/configuration/environment/configuration-error.js';
import { inDataDirectory, UnusableDataDirectoryError } from '../platform/system/data-directory.js';

/**
 * Starts the embedded PostgreSQL on DATA_DIR, or attaches to the one that another process has started there.
 * @throws {UnusableDataDirectoryError} if the server cannot use DATA_DIR
 * @throws {ConfigurationError} if the server does not run on this machine
 */
export async function startEmbeddedServer(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return inDataDirectory(options.dataDir, async () =>
    startEmbeddedPostgres(options).catch((error: unknown) => {
      throw error instanceof EmbeddedPostgresError ? refusalOf(error) : error;
    }),
  );
}

/** The same error with the variables by which the operator can put it right. */
function refusalOf(error: EmbeddedPostgresError): ConfigurationError {
  const { problem, remedy } = error;
  if (error instanceof UnusableProgramsError)
    return new ConfigurationError(`${problem}: set DATABASE_URL to a server of yours.`, { cause: error });
  if (error instanceof ForeignDataError) {
    return new UnusableDataDirectoryError(
      `DATA_DIR names the data directory of a PostgreSQL ${error.version} of its own: set DATA_DIR to another ` +
        'directory, or DATABASE_URL to that server.',
      { cause: error },
    );
  }
  return new UnusableDataDirectoryError(`${problem}: ${remedy}, or set DATA_DIR to another directory.`, {
    cause: error,
  });
}
