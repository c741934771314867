/**
 * A hundred times the duration of the slowest query. A longer statement is a fault, and must not hold its connection.
 */
const STATEMENT_TIMEOUT_MS = 5_000;

/** Changes of one event wait for each other for milliseconds; many at once fail rather than hold all connections. */
const LOCK_TIMEOUT_MS = 3_000;

/** A transaction that waits as long for its own client holds its locks for too long. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;

/** Lets the running transaction, a migration for example, take as long as it needs. */
export const NO_TIMEOUTS =
  'SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0';

/** The same for all later statements of a connection, outside of transactions. */
export const NO_TIMEOUTS_OF_SESSION = 'SET statement_timeout = 0; SET lock_timeout = 0';

/**
 * The settings that the service's SQL depends on. The server, the database or the role may have other defaults, so
 * the service sets each of them itself.
 */
const SETTINGS = {
  lock_timeout: String(LOCK_TIMEOUT_MS),
  idle_in_transaction_session_timeout: String(IDLE_IN_TRANSACTION_TIMEOUT_MS),
  // The pool closes idle connections, and the time-outs above bound a transaction.
  idle_session_timeout: '0',
  transaction_timeout: '0',
  client_encoding: 'UTF8',
  // The driver reads times, ranges and intervals as text of this form.
  datestyle: 'ISO, MDY',
  timezone: 'UTC',
  intervalstyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  // How PostgreSQL reads literals, comparisons with null, and arrays.
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  array_nulls: 'on',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  // A refused statement may be expected, such as one that leads to a 409. It must not end the connection.
  exit_on_error: 'off',
  // Compiling a statement takes longer than running any of the service's.
  jit: 'off',
} as const;

/** Settings that the oldest supported version does not have. */
const NEWER_SETTINGS: ReadonlySet<string> = new Set(['transaction_timeout']);

/** The service's tables and PostgreSQL's own names. pg_temp last: otherwise a temporary table hides a table of the service. */
function searchPath(schema: string): string {
  return `"${schema}",pg_temp`;
}

/**
 * Sets all settings, for the session or, if `local`, for the running transaction. The search path comes first: its default
 * may name a schema whose functions have the names of PostgreSQL's.
 * @param keepsPlans whether named statements keep their plans on the connection
 */
export function settingsStatement(schema: string, keepsPlans: boolean, local: boolean): string {
  const settings = {
    ...SETTINGS,
    // By default PostgreSQL plans a large prepared statement again for each execution, which takes longer than
    // running it.
    plan_cache_mode: keepsPlans ? 'force_generic_plan' : 'auto',
  };
  const calls = Object.entries(settings).map(([name, value]) => settingExpression(name, value, local));
  const set = local ? 'SET LOCAL' : 'SET';
  // Statements of their own, so that neither default applies to the others.
  return (
    `${set} statement_timeout = ${STATEMENT_TIMEOUT_MS}; ${set} search_path TO ${searchPath(schema)}; ` +
    `SELECT ${calls.join(', ')}`
  );
}

/** An expression that sets one setting. */
export function settingExpression(name: string, value: string, local: boolean): string {
  const call = `pg_catalog.set_config('${name}', '${value}', ${local})`;
  return NEWER_SETTINGS.has(name)
    ? `CASE WHEN pg_catalog.current_setting('${name}', true) IS NOT NULL THEN ${call} END`
    : call;
}

/**
 * The `options` of a start-up packet: the settings that must hold before the first statement. An `idle_session_timeout` of
 * a few milliseconds ends a new connection before the first statement arrives.
 */
export function startupOptions(schema: string): string {
  const settings = {
    search_path: searchPath(schema),
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_session_timeout: 0,
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}
