import { query } from './data-directory.js';
import { prepareDatabases } from './database.js';
import { type Defaults, setDatabaseDefaults, setRoleDefaults } from './database-defaults.js';

/** Defaults that administrators give databases, each against what the service's SQL expects. */
const OF_DATABASE: Defaults = {
  default_transaction_isolation: 'serializable',
  default_transaction_read_only: 'on',
  default_transaction_deferrable: 'on',
  client_encoding: 'LATIN1',
  datestyle: 'SQL, DMY',
  intervalstyle: 'sql_standard',
  bytea_output: 'escape',
  standard_conforming_strings: 'off',
  transform_null_equals: 'on',
  array_nulls: 'off',
  backslash_quote: 'on',
  exit_on_error: 'on',
  quote_all_identifiers: 'on',
  row_security: 'off',
  timezone_abbreviations: 'India',
  plan_cache_mode: 'force_custom_plan',
  jit_above_cost: '0',
  enable_indexscan: 'off',
};

/** The same of a role, which come before the database's. */
const OF_ROLE: Defaults = {
  timezone: 'Asia/Kolkata',
  extra_float_digits: '-10',
  search_path: 'elsewhere, public',
  lock_timeout: '1ms',
  idle_in_transaction_session_timeout: '1ms',
  idle_session_timeout: '1s',
  statement_timeout: '500ms',
};

/** Sets the defaults, and puts tables with the service's names where another search path finds them. */
async function setAgainstService(url: string): Promise<void> {
  await query(
    url,
    `CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.events (id text); CREATE TABLE elsewhere.users (id text);
     CREATE TABLE elsewhere.attendees (id text)`,
  );
  await setRoleDefaults(url, OF_ROLE);
  await setDatabaseDefaults(url, OF_DATABASE);
}

// Importing this file before suites runs them on such databases.
prepareDatabases(setAgainstService);
