import { query } from './data-directory.js';
import { prepareDatabases } from './database.js';
import { type Defaults, setDatabaseDefaults, setRoleDefaults } from './database-defaults.js';

/** Defaults that administrators give databases, each different from the settings that the service's SQL expects. */
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
  search_path: 'elsewhere, public, pg_catalog',
  lock_timeout: '1ms',
  idle_in_transaction_session_timeout: '1ms',
  idle_session_timeout: '1s',
  statement_timeout: '500ms',
};

/** Functions with the names of PostgreSQL's, which each statement under another search path would call. */
const SHADOWS = [
  'set_config(text, text, boolean) RETURNS text',
  'current_setting(text) RETURNS text',
  'current_setting(text, boolean) RETURNS text',
  'now() RETURNS timestamptz',
  'lower(text) RETURNS text',
  'version() RETURNS text',
  'pg_is_in_recovery() RETURNS boolean',
  'pg_advisory_xact_lock(bigint) RETURNS void',
];

/** Functions in the schema of the service that fit a careless call better than PostgreSQL's own do. */
const OVERLOADS = ['pg_advisory_xact_lock(integer) RETURNS void', 'hashtext(name) RETURNS integer'];

function failingFunctions(schema: string, signatures: readonly string[]): string {
  return signatures
    .map(
      (signature) =>
        `CREATE FUNCTION ${schema}.${signature} LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'this is not the function of PostgreSQL'; END $$;`,
    )
    .join('\n');
}

/** Sets the defaults, and puts tables and functions where another search path finds them. */
async function setAgainstService(url: string): Promise<void> {
  await query(
    url,
    `CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.events (id text); CREATE TABLE elsewhere.users (id text);
     CREATE TABLE elsewhere.attendees (id text);
     ${failingFunctions('elsewhere', SHADOWS)}
     ${failingFunctions('public', OVERLOADS)}`,
  );
  await setRoleDefaults(url, OF_ROLE);
  await setDatabaseDefaults(url, OF_DATABASE);
}

// Importing this file before suites runs them on such databases.
prepareDatabases(setAgainstService);
