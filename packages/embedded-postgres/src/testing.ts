/** Servers for tests and benchmarks, and the parts of a server that tests break or replace. */
export { dataDirectoryOf, ensureCluster, SERVER_ROLE } from './cluster/cluster.js';
export { type ServerAccount, serverAccount } from './installation/server-account.js';
export { installBinaries, platformPackage, type ServerBinaries } from './installation/server-binaries.js';
export { prepareServerHome, SYSTEM_HOME } from './installation/server-home.js';
export { LOOPBACK_ADDRESS, launchPostmaster, stopPostmaster } from './server/postmaster.js';
export { livePostmaster, type Postmaster, removeStalePostmasterFile } from './server/postmaster-file.js';
export { copyAsStandby, type Primary } from './standby.js';
export {
  startThrowAwayPostgres,
  startThrowAwayStandby,
  type ThrowAwayPostgres,
} from './throw-away-postgres.js';
