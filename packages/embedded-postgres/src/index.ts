export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded-postgres.js';
export { EmbeddedPostgresError, ForeignDataError, UnusableProgramsError } from './embedded-postgres-error.js';
export { makePassableDirectory } from './installation/passable-directory.js';
export { isPlatformPackageInstalled, platformPackageName } from './installation/platform-package.js';
export { runningServerUrl } from './running-server.js';
